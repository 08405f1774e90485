export { OpenMonetize, type OpenMonetizeOptions } from "./client.js";
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
