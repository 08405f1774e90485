import { safeLogger } from "./logging.js";
import { platform } from "#platform";
import type { Fetch } from "./transport.js";
import type { Logger } from "./types.js";

/** Every number may be 0. Times are in milliseconds. */
export interface OpenMonetizeOptions {
  /** Default: the environment's `OPENMONETIZE_API_KEY`. Without one every event fails, as `no_api_key`. */
  apiKey?: string | undefined;
  /** Of ingestion and query. Default: `OPENMONETIZE_BASE_URL`, else `http://localhost:8080`. */
  baseUrl?: string | undefined;
  /** Of the proxy. Default: `OPENMONETIZE_PROXY_URL`, else `http://localhost:8082`. */
  proxyBaseUrl?: string | undefined;
  /** Logs more; never bodies, keys, prompts or answers. Default: false. */
  debug?: boolean | undefined;
  /** False sends only at `flush()` and `close()`. Default: true. */
  autoFlush?: boolean | undefined;
  /** Longest wait of an event for others to go with. 0: until a batch is full. Default: 500. */
  flushInterval?: number | undefined;
  /** Events in one request, 1 to 1,000; a request is never over 1 MB. Default: 100. */
  maxBatchSize?: number | undefined;
  /** Events in memory; a new one beyond it is dropped and counted. Default: 10,000. */
  maxQueueSize?: number | undefined;
  /** Bytes of events in memory, as `maxQueueSize`. Default: 64 MB. */
  maxQueueBytes?: number | undefined;
  /** Retries of a batch after its first try. Default: 12. */
  maxRetries?: number | undefined;
  /** Of one request; 0 waits for ever. Default: 10,000. */
  timeout?: number | undefined;
  /** Bound of `close()`, and of the flush when the process ends by itself. Default: 5,000. */
  shutdownTimeout?: number | undefined;
  /**
   * A folder in which tracked events survive a crash of the process (Node, Bun, Deno). Processes
   * may share it. Default: none.
   */
  spoolDirectory?: string | undefined;
  /** Bytes of the spool of one client. Default: 64 MB. */
  maxSpoolBytes?: number | undefined;
  /** Default: the console. */
  logger?: Logger | undefined;
  /** Default: the global `fetch`. */
  fetch?: Fetch | undefined;
}

/** The options with their defaults in place. */
export interface Settings {
  apiKey: string | undefined;
  baseUrl: string;
  proxyBaseUrl: string;
  autoFlush: boolean;
  flushInterval: number;
  maxBatchSize: number;
  maxQueueSize: number;
  maxQueueBytes: number;
  maxRetries: number;
  timeout: number;
  shutdownTimeout: number;
  spoolDirectory: string | undefined;
  maxSpoolBytes: number;
  logger: Logger;
  fetch: Fetch;
}

/** What the server takes in one request. */
const BATCH_AT_MOST = 1000;
const MB = 1_000_000;

/** Never throws: what is wrong is logged, and its default taken. */
export function settings(given: OpenMonetizeOptions): Settings {
  const options = typeof given === "object" && given !== null ? given : {};
  const logger = safeLogger(options.logger ?? console, options.debug === true);
  const number = (name: keyof OpenMonetizeOptions, otherwise: number, least = 0) => {
    const value = options[name];
    if (value === undefined || value === null) {
      return otherwise;
    }
    if (typeof value === "number" && Number.isFinite(value) && value >= least) {
      return value;
    }
    logger.warn(`Option ${name} must be a number of at least ${least}; ${otherwise} is used`);
    return otherwise;
  };
  const url = (name: "baseUrl" | "proxyBaseUrl", variable: string, otherwise: string) => {
    const value = options[name] ?? platform.env(variable);
    if (value === undefined || value === "") {
      return otherwise;
    }
    if (isHttpUrl(value)) {
      return value.replace(/\/+$/, "");
    }
    logger.error(`Option ${name} is not an http or https URL without a user; ${otherwise} is used`);
    return otherwise;
  };
  return {
    apiKey: key(text(options.apiKey) ?? text(platform.env("OPENMONETIZE_API_KEY")), logger),
    baseUrl: url("baseUrl", "OPENMONETIZE_BASE_URL", "http://localhost:8080"),
    proxyBaseUrl: url("proxyBaseUrl", "OPENMONETIZE_PROXY_URL", "http://localhost:8082"),
    autoFlush: options.autoFlush !== false,
    flushInterval: number("flushInterval", 500),
    maxBatchSize: Math.min(Math.floor(number("maxBatchSize", 100, 1)), BATCH_AT_MOST),
    maxQueueSize: number("maxQueueSize", 10_000),
    maxQueueBytes: number("maxQueueBytes", 64 * MB),
    maxRetries: number("maxRetries", 12),
    timeout: number("timeout", 10_000),
    shutdownTimeout: number("shutdownTimeout", 5_000),
    spoolDirectory: text(options.spoolDirectory),
    maxSpoolBytes: number("maxSpoolBytes", 64 * MB),
    logger,
    // Called without its object a browser's fetch throws.
    fetch: options.fetch ?? ((address, init) => globalThis.fetch(address, init)),
  };
}

/** A key that no header can carry would be named in the error of each request. */
function key(value: string | undefined, logger: Logger): string | undefined {
  const trimmed = value?.trim();
  if (trimmed !== undefined && !/^[!-~]+$/.test(trimmed)) {
    logger.error("The API key has characters that no key has; it is not used");
    return undefined;
  }
  return trimmed;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isHttpUrl(value: unknown): value is string {
  try {
    if (typeof value !== "string") {
      return false;
    }
    const { protocol, username, password } = new URL(value);
    return /^https?:$/.test(protocol) && username === "" && password === "";
  } catch {
    return false;
  }
}
