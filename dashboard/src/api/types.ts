// What the API takes and returns: names for the types that schema.ts is generated with. The server may
// be newer than the page: a value that is not among a type's words is shown as it came.
import type { components, operations } from "./schema";

type Schemas = components["schemas"];

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** What OpenAPI has no word for: JSON as it was sent. */
interface AsSent {
  metadata: { [name: string]: Json } | null;
  raw_usage: Json;
}

export type Session = Schemas["Session"];
export type UsageEvent = Omit<Schemas["Event"], keyof AsSent> & AsSent;
export type EventDetail = UsageEvent & Pick<Schemas["EventDetail"], "history" | "price">;
export type EventRevision = Schemas["EventRevision"];
export type EventPrice = Schemas["EventPrice"];
export type PriceLine = Schemas["PriceLine"];
export interface EventPage {
  data: UsageEvent[];
  next_cursor: string | null;
}

export type Sum = Schemas["Sum"];
export type UsageSummary = Schemas["UsageSummary"];
export type Series = Schemas["UsageSeries"];
export type SeriesGroup = Schemas["SeriesGroup"];
export type SeriesPoint = Schemas["Point"];
export type GroupKey = Schemas["GroupKey"];
export type Breakdown = Schemas["UsageBreakdown"];
export type BreakdownRow = Schemas["BreakdownRow"];
export type CustomerList = Schemas["CustomerList"];
export type CustomerRow = Schemas["CustomerRow"];
export type Forecast = Schemas["Forecast"];
export type Option = Schemas["Option"];
export interface OptionList {
  options: Option[];
  more: boolean;
}

export type PriceBook = Schemas["Prices"];
export type ModelPrice = Schemas["ModelPrice"];
export type PricePeriod = Schemas["PricePeriod"];
export type PriceTerm = Schemas["PriceTerm"];
export type PriceUnpriced = Schemas["PriceUnpriced"];

export type Pipeline = Schemas["Pipeline"];
export type DeadLetter = Schemas["DeadLetter"];
export type Rerating = Schemas["Rerating"];
export type LateChange = Schemas["LateChange"];
export type AuditEntry = Schemas["AuditEntry"];
export interface AuditPage {
  data: AuditEntry[];
  next_cursor: string | null;
}
export type Operator = Schemas["OperatorEntry"];

export type Scope = Schemas["Scope"];
export type ApiKey = Schemas["ApiKey"];
/** The answer to the making of a key: the only time that the key itself is said. */
export type CreatedApiKey = Schemas["CreatedApiKey"];
export type NewApiKey = Pick<Schemas["NewApiKey"], "name"> & {
  scopes: Scope[];
  customer_id?: string;
};

/** The parameters that events and their sums are filtered by. */
export type EventQuery = Record<string, string>;

type Asked<Name extends keyof operations> = NonNullable<operations[Name]["parameters"]["query"]>;

export type Bucket = NonNullable<Asked<"readUsageSeries">["bucket"]>;
export type GroupBy = NonNullable<Asked<"readUsageSeries">["group_by"]>;
export type Metric = NonNullable<Asked<"readUsageSeries">["metric"]>;
export type OptionKind = Asked<"listOptions">["kind"];
export interface SeriesQuery extends EventQuery {
  bucket: Bucket;
  group_by: GroupBy;
}
export interface BreakdownQuery extends EventQuery {
  group_by: Asked<"breakDownUsage">["group_by"];
}
