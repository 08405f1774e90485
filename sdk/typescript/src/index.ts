export { OpenMonetize, type Parts } from "./client.js";
export type { Clock, Timer } from "./clock.js";
export { OpenMonetizeError } from "./errors.js";
export type * from "./read-types.js";
export type { OpenMonetizeOptions } from "./settings.js";
export type { Fetch, FetchAnswer } from "./transport.js";
export type * from "./types.js";
export { VERSION } from "./version.js";
