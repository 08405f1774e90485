import type { EventDetail, Json, UsageEvent } from "../../api/types";

const SHOWN_ELSEWHERE = new Set<string>([
  "id",
  "event_id",
  "event_type",
  "timestamp",
  "received_at",
  "customer_id",
  "user_id",
  "feature_id",
  "metadata",
  "provider",
  "model",
  "endpoint",
  "streamed",
  "tokens",
  "input_tokens",
  "output_tokens",
  "units",
  "usage_status",
  "usage_reason",
  "cost_usd",
  "cost_status",
  "cost_reason",
  "price_book",
  "raw_usage",
  "status",
  "error_type",
  "provider_request_id",
  "first_byte_ms",
  "duration_ms",
  "source",
  "environment",
  "api_key_id",
  "known_cost_usd",
  "quarantined",
  "attempt",
  "logical_call_id",
  "requested_model",
  "http_status",
  "provider_response_id",
  "service_tier",
  "speed",
  "geography",
  "history",
  "price",
] satisfies (keyof EventDetail)[]);

/** What an event holds beyond the fields that this page knows: nothing that was booked is hidden. */
export function otherFields(event: UsageEvent): { [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(event).filter(
      ([name, value]) => !SHOWN_ELSEWHERE.has(name) && value !== null && value !== undefined,
    ),
  );
}

/** Indented JSON, also of text that is itself JSON. */
export function prettyJson(value: Json): string {
  if (typeof value === "string") {
    try {
      return JSON.stringify(JSON.parse(value), null, 2);
    } catch {
      return value;
    }
  }
  return JSON.stringify(value, null, 2);
}
