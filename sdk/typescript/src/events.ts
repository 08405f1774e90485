import type { Attribution, EventFacts, Provider, ResponseFacts, TokenClasses } from "./types.js";
import type {
  ApiCall,
  CustomEvent,
  EventType,
  ImageGeneration,
  TokenUsage,
  VideoGeneration,
} from "./types.js";

/** An event as the ingestion API takes it, but for its id and its default time. */
export type WireEvent = Record<string, unknown> & { event_type: EventType };

/**
 * An argument is not what it must be. Its message names the argument, never its value. Thrown and
 * caught within the package.
 */
export class BadArgument extends Error {}

export function tokenUsage(usage: TokenUsage): WireEvent {
  return {
    event_type: "TOKEN_USAGE",
    ...facts(usage),
    provider: required(usage, "provider"),
    model: required(usage, "model"),
    input_tokens: count(usage, "inputTokens"),
    output_tokens: count(usage, "outputTokens"),
    cached_input_tokens: count(usage, "cachedInputTokens"),
    tokens: tokenClasses(usage.tokens),
    provider_response_id: optional(usage, "providerResponseId"),
  };
}

export function imageGeneration(images: ImageGeneration): WireEvent {
  return {
    event_type: "IMAGE_GENERATION",
    ...facts(images),
    provider: required(images, "provider"),
    model: required(images, "model"),
    image_count: count(images, "imageCount"),
    image_size: optional(images, "imageSize"),
    quality: optional(images, "quality"),
  };
}

export function videoGeneration(video: VideoGeneration): WireEvent {
  return {
    event_type: "VIDEO_GENERATION",
    ...facts(video),
    provider: required(video, "provider"),
    model: required(video, "model"),
    duration_seconds: count(video, "durationSeconds"),
    resolution: optional(video, "resolution"),
  };
}

export function apiCall(call: ApiCall): WireEvent {
  return {
    event_type: "API_CALL",
    ...facts(call),
    provider: optional(call, "provider"),
    model: optional(call, "model"),
  };
}

export function customEvent(event: CustomEvent): WireEvent {
  return {
    event_type: "CUSTOM",
    ...facts(event),
    unit_type: required(event, "unitType"),
    quantity: count(event, "quantity"),
  };
}

/** @param answer what is left of the provider's answer: what bills */
export function providerResponse(
  context: Attribution,
  provider: Provider,
  answer: Record<string, unknown> | undefined,
  known: ResponseFacts,
): WireEvent {
  if (answer === undefined) {
    throw new BadArgument("response must be an answer of the provider");
  }
  const id = answer["id"] ?? answer["responseId"];
  return {
    event_type: "TOKEN_USAGE",
    ...facts(context),
    provider: required({ provider }, "provider"),
    model: optional(known, "model"),
    provider_response_id: typeof id === "string" && id !== "" ? id : undefined,
    provider_response: answer,
    streamed: known.streamed === true ? true : undefined,
    response_cut: known.cut === true ? true : undefined,
  };
}

function facts(event: EventFacts): Record<string, unknown> {
  if (typeof event !== "object" || event === null) {
    throw new BadArgument("the argument must be an object");
  }
  return {
    customer_id: required(event, "customerId"),
    user_id: optional(event, "userId"),
    feature_id: required(event, "featureId"),
    team_id: optional(event, "teamId"),
    metadata: metadata(event.metadata),
    idempotency_key: optional(event, "idempotencyKey"),
    timestamp: timestamp(event.timestamp),
  };
}

function required<K extends string>(from: { [key in K]?: unknown }, name: K): string {
  const value = optional(from, name);
  if (value === undefined) {
    throw new BadArgument(`${name} must be a text that is not empty`);
  }
  return value;
}

function optional<K extends string>(from: { [key in K]?: unknown }, name: K): string | undefined {
  const value = from[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== "string" || value === "") {
    throw new BadArgument(`${name} must be a text that is not empty`);
  }
  return value;
}

function count<K extends string>(from: { [key in K]?: unknown }, name: K): number | undefined {
  const value = from[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  // As JSON such a number is null, which says that there is none.
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
    throw new BadArgument(`${name} must be a number of at least 0`);
  }
  return value;
}

function tokenClasses(tokens: TokenClasses | undefined): unknown {
  if (tokens === undefined || tokens === null) {
    return undefined;
  }
  if (typeof tokens !== "object") {
    throw new BadArgument("tokens must be an object of counts");
  }
  const classes = tokens as Record<string, unknown>;
  return Object.fromEntries(Object.keys(classes).map((name) => [name, count(classes, name)]));
}

function metadata(value: unknown): unknown {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new BadArgument("metadata must be an object");
  }
  return value;
}

function timestamp(value: EventFacts["timestamp"]): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value === "string") {
    return value;
  }
  const date = value instanceof Date ? value : new Date(value);
  if (Number.isNaN(date.getTime())) {
    throw new BadArgument("timestamp must be a time");
  }
  return date.toISOString();
}
