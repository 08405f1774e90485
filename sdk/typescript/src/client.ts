import { billableFields } from "./billable-fields.js";
import type {
  ApiCall,
  Attribution,
  CustomEvent,
  FlushReport,
  ImageGeneration,
  Logger,
  Provider,
  ResponseFacts,
  Stats,
  TokenUsage,
  VideoGeneration,
} from "./types.js";

export interface OpenMonetizeOptions {
  apiKey?: string | undefined;
  baseUrl?: string | undefined;
  proxyBaseUrl?: string | undefined;
  debug?: boolean | undefined;
  logger?: Logger | undefined;
}

/** Reports usage to OpenMonetize. No method that tracks ever throws. */
export class OpenMonetize {
  /** Where the wrappers log. */
  readonly logger: Logger;
  /** Base URL of the proxy, without a slash at its end. */
  readonly proxyBaseUrl: string;
  /** The key, or undefined where none was given. */
  readonly #apiKey: string | undefined;

  constructor(options: OpenMonetizeOptions = {}) {
    this.#apiKey = options.apiKey;
    this.logger = options.logger ?? console;
    this.proxyBaseUrl = options.proxyBaseUrl ?? "http://localhost:8082";
  }

  trackTokenUsage(_usage: TokenUsage): void {}

  trackImageGeneration(_images: ImageGeneration): void {}

  trackVideoGeneration(_video: VideoGeneration): void {}

  trackApiCall(_call: ApiCall): void {}

  trackCustomEvent(_event: CustomEvent): void {}

  /** Books a provider's answer; only what bills leaves the process, never a prompt or an answer. */
  trackProviderResponse(
    _context: Attribution,
    provider: Provider,
    response: unknown,
    _facts: ResponseFacts = {},
  ): void {
    billableFields(provider, response);
  }

  async flush(_options: { timeout?: number } = {}): Promise<FlushReport> {
    void this.#apiKey;
    return { accepted: 0, duplicates: 0, failed: [], dropped: 0, pending: 0 };
  }

  async close(): Promise<FlushReport> {
    return this.flush();
  }

  stats(): Stats {
    return { tracked: 0, accepted: 0, duplicates: 0, failed: 0, dropped: 0, queued: 0 };
  }
}
