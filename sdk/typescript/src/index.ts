export { OpenMonetize, type Parts } from "./client.js";
export type { Clock, Timer } from "./clock.js";
export { OpenMonetizeError } from "./errors.js";
export type * from "./read-types.js";
export type { OpenMonetizeOptions } from "./settings.js";
export type { BodyReader, Fetch, FetchAnswer } from "./transport.js";
export type * from "./types.js";
export {
  withAnthropicTracking,
  withGoogleTracking,
  withOpenAITracking,
} from "./tracking/wrappers.js";
export type { TrackingClient, TrackingContext } from "./tracking/booking.js";
export {
  type BilledOpenAIOptions,
  createBilledOpenAIConfig,
  getProxyConfig,
  type ProxyConfig,
  type ProxyConfigOptions,
} from "./proxy-config.js";
export {
  BatchTracker,
  formatCredits,
  normalizeProviderResponse,
  trackUsage,
  validateConfig,
} from "./helpers.js";
export { VERSION } from "./version.js";
