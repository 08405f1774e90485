import type { EventType, Provider, TokenClasses } from "./types.js";

/** A moment: a `Date`, or an RFC 3339 text. */
export type Moment = Date | string;

/** An exact decimal number as a text, such as `"0.0123"`: money is never a binary fraction. */
export type Decimal = string;

export type UsageStatus = "exact" | "partial" | "estimated" | "missing" | "none";

export type CallStatus =
  "ok" | "error" | "interrupted" | "cancelled" | "timeout" | "unreachable" | "unaccounted";

/** Which events are meant. */
export interface Filter {
  customerId?: string | undefined;
  /** Needs `customerId`, except for `getEvents`. */
  userId?: string | undefined;
  featureId?: string | undefined;
  provider?: Provider | undefined;
  model?: string | undefined;
  from?: Moment | undefined;
  to?: Moment | undefined;
}

export interface UsageQuery extends Filter {
  /** Adds the sums of the equal time just before. */
  compare?: "previous" | undefined;
}

export interface CostsQuery extends UsageQuery {
  /** Default: `model`. `user` needs `customerId`. */
  groupBy?: "model" | "feature" | "provider" | "customer" | "user" | undefined;
  sort?: "cost" | "events" | "tokens" | undefined;
  /** 1 to 1,000. */
  limit?: number | undefined;
  /** The `next_cursor` of the page before. */
  cursor?: string | undefined;
}

export interface EventsQuery extends Filter {
  /** How the call ended. */
  status?: CallStatus | undefined;
  usageStatus?: UsageStatus | undefined;
  source?: "proxy" | "sdk" | undefined;
  costStatus?: "priced" | "unpriced" | undefined;
  /** Whether the usage contradicts itself. */
  quarantined?: boolean | undefined;
  /** Events of one page, 1 to 200. */
  limit?: number | undefined;
}

/** Sums, with the names of the query API. */
export interface Sum {
  events: number;
  input_tokens: number;
  output_tokens: number;
  tokens: TokenClasses;
  units: Record<string, Decimal>;
  /** Of the events that have a price. */
  cost_usd: Decimal;
  unpriced_events: number;
  /** What is certain of the cost of unpriced events: a lower bound. */
  unpriced_known_usd: Decimal;
  quarantined_events: number;
  usage_status: Partial<Record<UsageStatus, number>>;
  call_status: Partial<Record<CallStatus, number>>;
  updated_at: string | null;
}

export interface UsageSummary extends Sum {
  /** The whole hours that the sums are of. */
  from: string;
  to: string;
  previous: Sum | null;
}

export interface CostRow {
  /** The provider and model, or one of the others. */
  key: {
    provider?: Provider | null;
    model?: string | null;
    feature_id?: string;
    customer_id?: string;
    user_id?: string | null;
  };
  sum: Sum;
  previous: Sum | null;
}

export interface Costs {
  from: string;
  to: string;
  rows: CostRow[];
  total: Sum;
  groups: number;
  more: boolean;
  next_cursor: string | null;
}

/** A booked event, with the names of the query API. */
export interface UsageEvent {
  id: string;
  event_id: string;
  event_type: EventType;
  timestamp: string;
  received_at: string;
  customer_id: string;
  user_id: string | null;
  team_id: string | null;
  feature_id: string;
  metadata: Record<string, unknown> | null;
  provider: Provider | null;
  model: string | null;
  requested_model: string | null;
  endpoint: string | null;
  streamed: boolean;
  tokens: TokenClasses;
  input_tokens: number;
  output_tokens: number;
  units: Record<string, Decimal>;
  usage_status: UsageStatus;
  usage_reason?: string;
  quarantined: boolean;
  service_tier: string | null;
  /** Null when there is no price. */
  cost_usd: Decimal | null;
  known_cost_usd: Decimal;
  cost_status: "priced" | "unpriced";
  cost_reason?: string;
  status: CallStatus;
  http_status: number | null;
  error_type: string | null;
  provider_request_id: string | null;
  provider_response_id: string | null;
  source: "proxy" | "sdk";
  environment: string;
  api_key_id: string;
}

export interface EventPage {
  data: UsageEvent[];
  /** Null after the last page; a page may be empty although more follow. */
  next_cursor: string | null;
}

export interface UsageAnalyticsQuery {
  startDate: Moment;
  endDate: Moment;
  userId?: string | undefined;
}

/** A whole number of tokens as a text. */
export type TokenCount = string;

/** What the answers of `/v1/analytics/…` say of their time. */
export interface AnalyticsRange {
  /** The whole hour with which the sums begin. */
  startDate: string;
  /** The whole hour before which they end. */
  endDate: string;
  /** Whether a list has more than the 1,000 rows of the greatest cost that are shown. */
  truncated: boolean;
}

/** What events cost; those without a price are in neither sum. */
export interface AnalyticsCost {
  /** How many have no price: a cost of 0 beside them is none. */
  unpricedEvents: number;
  /** `costUsd` times 1,000, exactly: this product has no credits of its own. */
  creditsBurned: Decimal;
  costUsd: Decimal;
}

/** The answer of `/v1/analytics/usage`. */
export interface UsageAnalytics extends AnalyticsRange {
  summary: {
    totalEvents: number;
    totalInputTokens: TokenCount;
    totalOutputTokens: TokenCount;
    totalCreditsBurned: Decimal;
    totalCostUsd: Decimal;
    /** Events whose cost nobody can say. */
    unpricedEvents: number;
  };
  byFeature: (AnalyticsCost & { featureId: string; eventCount: number })[];
  byProvider: {
    provider: Provider | null;
    model: string | null;
    eventCount: number;
    inputTokens: TokenCount;
    outputTokens: TokenCount;
    costUsd: Decimal;
    /** As in {@link AnalyticsCost}. */
    unpricedEvents: number;
  }[];
  byEventType: (AnalyticsCost & { eventType: EventType; eventCount: number })[];
  /** By day, in UTC. */
  timeline: (AnalyticsCost & { date: string; events: number })[];
}

/** The answer of `/v1/analytics/cost-breakdown`. */
export interface CostBreakdown extends AnalyticsRange {
  totalCostUsd: Decimal;
  totalCreditsBurned: Decimal;
  totalEvents: number;
  /** Events whose cost nobody can say. */
  unpricedEvents: number;
  byProvider: (AnalyticsCost & {
    provider: Provider | null;
    model: string | null;
    eventCount: number;
  })[];
  byFeature: (AnalyticsCost & { featureId: string; eventCount: number })[];
}

/** An event as the ingestion API takes it, with names in camel case; `eventId` is a UUID. */
export interface IngestEvent {
  eventId: string;
  customerId: string;
  featureId: string;
  eventType: EventType;
  timestamp: Moment;
  [field: string]: unknown;
}

/** The ingestion API's answer to a batch. */
export interface BatchResult {
  accepted: number;
  rejected: number;
  duplicates: number;
  batch_id: string | null;
  status: string;
  errors?: {
    index: number;
    event_id?: string;
    field?: string;
    code: string;
    reason: string;
    retryable: boolean;
  }[];
}
