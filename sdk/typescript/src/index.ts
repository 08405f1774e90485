export { OpenMonetize, type OpenMonetizeOptions } from "./client.js";
export type * from "./types.js";
