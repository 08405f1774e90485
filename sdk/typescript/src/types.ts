/** Who made the answer that is reported, as the wire names it. */
export type Provider =
  | "OPENAI"
  | "ANTHROPIC"
  | "GOOGLE"
  | "COHERE"
  | "MISTRAL"
  | "STABILITY_AI"
  | "RUNWAY"
  | "REPLICATE"
  | "AMAZON"
  | "BLACK_FOREST_LABS";

/** What an event counts. */
export type EventType =
  | "TOKEN_USAGE"
  | "API_CALL"
  | "FEATURE_ACCESS"
  | "IMAGE_GENERATION"
  | "VIDEO_GENERATION"
  | "AUDIO_PROCESSING"
  | "CUSTOM";

/** Whose use it is. Each id is at most 256 bytes. */
export interface Attribution {
  /** The customer who pays. */
  customerId: string;
  /** The customer's user. */
  userId?: string | undefined;
  /** The part of your product that was used. */
  featureId: string;
  /** The customer's team. */
  teamId?: string | undefined;
  /** Kept with the event as it is; at most 4,096 bytes of JSON. */
  metadata?: Record<string, unknown> | undefined;
}

/** What every event may say besides its own matter. */
export interface EventFacts extends Attribution {
  /**
   * The event's identity of your own making, at most 256 bytes: what is reported again under it is
   * counted once. Without it the event's random id is the identity.
   */
  idempotencyKey?: string | undefined;
  /** When it happened: a `Date`, an RFC 3339 text or milliseconds since 1970. Default: now. */
  timestamp?: Date | string | number | undefined;
}

/** Counts by class, which do not overlap. Use it instead of the three counts of `TokenUsage`. */
export type TokenClasses = Partial<
  Record<
    | "input"
    | "input_audio"
    | "input_image"
    | "input_video"
    | "cache_read"
    | "cache_read_audio"
    | "cache_read_image"
    | "cache_read_video"
    | "cache_write"
    | "cache_write_1h"
    | "cache_write_12h"
    | "output"
    | "reasoning"
    | "output_audio"
    | "output_image"
    | "output_video",
    number
  >
>;

export interface TokenUsage extends EventFacts {
  provider: Provider;
  /** As the provider names it. */
  model: string;
  /** All input tokens, the cached ones included. */
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
  /** Of `inputTokens`, those served from a cache. */
  cachedInputTokens?: number | undefined;
  /** Instead of the three counts above. */
  tokens?: TokenClasses | undefined;
  /**
   * The id of the provider's answer (`msg_…`, `chatcmpl-…`, `resp_…`). It is the identity of a
   * call that may go through the proxy as well: the two are counted once.
   */
  providerResponseId?: string | undefined;
}

export interface ImageGeneration extends EventFacts {
  provider: Provider;
  model: string;
  imageCount: number;
  imageSize?: string | undefined;
  quality?: string | undefined;
}

export interface VideoGeneration extends EventFacts {
  provider: Provider;
  model: string;
  durationSeconds: number;
  resolution?: string | undefined;
}

export interface ApiCall extends EventFacts {
  provider?: Provider | undefined;
  model?: string | undefined;
}

export interface CustomEvent extends EventFacts {
  /** A word of your own: a letter, then at most 63 letters, digits, `_`, `.` or `-`. */
  unitType: string;
  /** More than 0. */
  quantity: number;
}

/** What the one who got a provider's answer knows about it besides the answer. */
export interface ResponseFacts {
  /** The model as requested, for answers that do not name one. */
  model?: string | undefined;
  /** The answer came as a stream. */
  streamed?: boolean | undefined;
  /** The stream ended before its end, so that the answer is not whole. */
  cut?: boolean | undefined;
}

/** Where log lines go. Each line begins with `[OpenMonetize]`. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** An event that was not and will not be booked. */
export interface FailedEvent {
  eventId: string;
  /** A stable word: the server's (`INVALID`, `FORBIDDEN`, …), or this package's in small letters. */
  code: string;
  reason: string;
}

/** What became of events since the report before. */
export interface FlushReport {
  /** How many the server took for good, repeated ones not included. */
  accepted: number;
  /** How many the server said it had already. */
  duplicates: number;
  /** Those of this flush that failed for good. */
  failed: FailedEvent[];
  /** How many were never queued, since the last report: a full queue, a closed client, bad arguments. */
  dropped: number;
  /** How many were still on their way when the time given to the flush ended. */
  pending: number;
}

/** Counts since the client was made. */
export interface Stats {
  tracked: number;
  accepted: number;
  duplicates: number;
  failed: number;
  dropped: number;
  queued: number;
}
