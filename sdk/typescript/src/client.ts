import { billableFields } from "./billable-fields.js";
import { type Clock, systemClock } from "./clock.js";
import { Delivery } from "./delivery/delivery.js";
import {
  apiCall,
  BadArgument,
  customEvent,
  imageGeneration,
  providerResponse,
  tokenUsage,
  videoGeneration,
  type WireEvent,
} from "./events.js";
import { normalizeProviderResponse } from "./helpers.js";
import { platform } from "#platform";
import { getProxyConfig, type ProxyConfig } from "./proxy-config.js";
import { Reads } from "./reads.js";
import { type OpenMonetizeOptions, settings } from "./settings.js";
import type {
  BatchResult,
  CostBreakdown,
  Costs,
  CostsQuery,
  EventPage,
  EventsQuery,
  IngestEvent,
  UsageAnalytics,
  UsageAnalyticsQuery,
  UsageEvent,
  UsageQuery,
  UsageSummary,
} from "./read-types.js";
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

/** What a test gives in place of the real ones. */
export interface Parts {
  clock?: Clock;
  /** From 0 to 1. */
  random?: () => number;
}

/**
 * Reports what customers use. No method that tracks ever throws: what is wrong with an event is
 * logged, and counted in `stats()`.
 */
export class OpenMonetize {
  /** Where this package logs. */
  readonly logger: Logger;
  /** Base URL of the proxy, without a slash at its end. */
  readonly proxyBaseUrl: string;
  readonly #apiKey: string | undefined;
  readonly #clock: Clock;
  readonly #delivery: Delivery;
  readonly #reads: Reads;

  /** @param parts for tests */
  constructor(options: OpenMonetizeOptions = {}, parts: Parts = {}) {
    const chosen = settings(options);
    this.logger = chosen.logger;
    this.proxyBaseUrl = chosen.proxyBaseUrl;
    this.#apiKey = chosen.apiKey;
    this.#clock = parts.clock ?? systemClock;
    this.#delivery = new Delivery(chosen, {
      clock: this.#clock,
      random: parts.random ?? Math.random,
      platform,
    });
    this.#reads = new Reads(chosen);
  }

  trackTokenUsage(usage: TokenUsage): void {
    this.#track("trackTokenUsage", () => tokenUsage(usage));
  }

  trackImageGeneration(images: ImageGeneration): void {
    this.#track("trackImageGeneration", () => imageGeneration(images));
  }

  trackVideoGeneration(video: VideoGeneration): void {
    this.#track("trackVideoGeneration", () => videoGeneration(video));
  }

  trackApiCall(call: ApiCall): void {
    this.#track("trackApiCall", () => apiCall(call));
  }

  trackCustomEvent(event: CustomEvent): void {
    this.#track("trackCustomEvent", () => customEvent(event));
  }

  /**
   * Books a provider's answer, with the token classes and the cost that the proxy would have booked.
   * Only what bills leaves the process, never the text of a prompt or an answer.
   */
  trackProviderResponse(
    context: Attribution,
    provider: Provider,
    response: unknown,
    facts: ResponseFacts = {},
  ): void {
    this.#track("trackProviderResponse", () =>
      providerResponse(context, provider, billableFields(provider, response), facts ?? {}),
    );
  }

  /**
   * What a provider's official client needs so that its calls go through the proxy: see
   * {@link getProxyConfig}.
   */
  proxyConfig(provider: Provider, context: Attribution): ProxyConfig {
    const { proxyBaseUrl } = this;
    // Without a key the proxy refuses the call and says why.
    return getProxyConfig({
      ...context,
      provider,
      proxyBaseUrl,
      openmonetizeApiKey: this.#apiKey ?? "",
    });
  }

  /** The tokens that an answer says were used: see {@link normalizeProviderResponse}. */
  normalizeProviderResponse(
    provider: Provider,
    response: unknown,
  ): { inputTokens: number; outputTokens: number } {
    return normalizeProviderResponse(provider, response);
  }

  /**
   * Sends what was tracked before, and resolves when each event is accepted or has failed for
   * good; the report says which. Never rejects.
   *
   * @param options.timeout longest wait, in milliseconds; without it as long as retries take
   */
  flush(options: { timeout?: number | undefined } = {}): Promise<FlushReport> {
    const timeout: unknown = options?.timeout;
    return this.#delivery.flush(typeof timeout === "number" && timeout >= 0 ? timeout : undefined);
  }

  /** Flushes within `shutdownTimeout`. What is tracked later is dropped. */
  close(): Promise<FlushReport> {
    return this.#delivery.close();
  }

  /** Counts since this client was made. */
  stats(): Stats {
    return this.#delivery.stats();
  }

  /**
   * Reports events at once, outside of the queue.
   *
   * @throws OpenMonetizeError when the server does not take them
   */
  ingestEvents(batch: { events: IngestEvent[] }): Promise<BatchResult> {
    return this.#reads.ingestEvents(batch);
  }

  /**
   * Sums of a time, by default the last 30 days.
   *
   * @throws OpenMonetizeError
   */
  getUsage(query: UsageQuery = {}): Promise<UsageSummary> {
    return this.#reads.usage(query);
  }

  /**
   * Booked events, the latest first: `for await` gives all of them, page by page, and `.page()`
   * one page.
   *
   * @throws OpenMonetizeError from the iteration, or from `page()`
   */
  getEvents(
    query: EventsQuery = {},
  ): AsyncIterable<UsageEvent> & { page(cursor?: string): Promise<EventPage> } {
    return this.#reads.events(query);
  }

  /**
   * Costs of a time by model, feature, provider, customer or user.
   *
   * @throws OpenMonetizeError
   */
  getCosts(query: CostsQuery = {}): Promise<Costs> {
    return this.#reads.costs(query);
  }

  /** @throws OpenMonetizeError */
  getUsageAnalytics(query: UsageAnalyticsQuery): Promise<UsageAnalytics> {
    return this.#reads.usageAnalytics(query);
  }

  /** @throws OpenMonetizeError */
  getCostBreakdown(start: string | Date, end: string | Date): Promise<CostBreakdown> {
    return this.#reads.costBreakdown(start, end);
  }

  #track(method: string, event: () => WireEvent): void {
    try {
      const wire = event();
      const eventId = platform.newId();
      const timestamp = wire["timestamp"] ?? new Date(this.#clock.now()).toISOString();
      this.#delivery.offer(eventId, JSON.stringify({ event_id: eventId, ...wire, timestamp }));
    } catch (error) {
      // Of an argument that is no JSON, the message could hold a part of it.
      const reason = error instanceof BadArgument ? error.message : "it cannot be read as JSON";
      this.#delivery.drop(`${method}: ${reason}`);
    }
  }
}
