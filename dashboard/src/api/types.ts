// What the API returns. A field that may be null may also be left out.

export interface Session {
  name: string;
  role: string;
  /** `dev` or `live`: one deployment is one environment. */
  environment: string;
  /** Where provider SDKs are pointed at. */
  proxy_url: string;
}

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

export interface UsageEvent {
  event_id: string;
  event_type: string;
  timestamp: string;
  received_at?: string | null;
  customer_id: string;
  user_id?: string | null;
  feature_id?: string | null;
  metadata?: { [name: string]: Json } | null;
  provider?: string | null;
  model?: string | null;
  endpoint?: string | null;
  streamed?: boolean | null;
  /** Disjoint token classes, only those that are not zero. */
  tokens?: Record<string, number> | null;
  input_tokens: number;
  output_tokens: number;
  /** Meters that are not tokens. */
  units?: Record<string, number | string> | null;
  /** `exact`, `partial`, `estimated`, `missing` or `none`. */
  usage_status: string;
  usage_reason?: string | null;
  /** A decimal number; null when there is no price. */
  cost_usd?: string | null;
  /** `priced` or `unpriced`. */
  cost_status: string;
  cost_reason?: string | null;
  price_book?: string | null;
  raw_usage?: Json;
  status?: string | null;
  error_type?: string | null;
  provider_request_id?: string | null;
  first_byte_ms?: number | null;
  duration_ms?: number | null;
  source?: string | null;
  environment?: string | null;
  api_key_id?: string | null;
}

export interface EventPage {
  data: UsageEvent[];
  next_cursor: string | null;
}

export interface UsageSummary {
  /** Whole hours: the range that the sums cover, which may be wider than the one asked for. */
  from?: string | null;
  to?: string | null;
  events: number;
  input_tokens: number;
  output_tokens: number;
  tokens?: Record<string, number> | null;
  units?: Record<string, number | string> | null;
  /** The cost of the events that have a price. */
  cost_usd: string;
  unpriced_events: number;
  usage_status?: Record<string, number> | null;
  updated_at?: string | null;
}

export type Scope = "proxy" | "ingest" | "read";

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  environment: string;
  scopes: string[];
  /** The only customer that the key may be used for; null when it may be used for all. */
  customer_id?: string | null;
  created_at: string;
  created_by?: string | null;
  last_used_at?: string | null;
  expires_at?: string | null;
  revoked_at?: string | null;
}

/** The answer to the making of a key: the only time that the key itself is said. */
export interface CreatedApiKey extends ApiKey {
  key: string;
}

export interface NewApiKey {
  name: string;
  scopes: Scope[];
  customer_id?: string;
}

/** The parameters that events and their sums are filtered by. */
export type EventQuery = Record<string, string>;
