import type {
  Breakdown,
  BreakdownRow,
  CustomerList,
  Forecast,
  GroupKey,
  Option,
  Series,
  SeriesPoint,
  Sum,
  UsageEvent,
  UsageSummary,
} from "../src/api/types.ts";
import { addDecimals, compareDecimals, sumDecimals } from "../src/format/decimal.ts";

// The sums that the API would give of these events, reckoned anew for every call.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const FILTERS = ["customer_id", "user_id", "feature_id", "provider", "model"] as const;

interface Edges {
  from: number;
  to: number;
}

export function filtered(events: readonly UsageEvent[], search: URLSearchParams): UsageEvent[] {
  return events.filter((event) =>
    FILTERS.every((name) => search.get(name) === null || search.get(name) === event[name]),
  );
}

function within(events: readonly UsageEvent[], { from, to }: Edges): UsageEvent[] {
  return events.filter(({ timestamp }) => {
    const time = Date.parse(timestamp);
    return time >= from && time < to;
  });
}

/** Whole hours; 30 days where nothing else is asked for. */
function edges(events: readonly UsageEvent[], search: URLSearchParams): Edges {
  const newest = Math.max(Date.now(), ...events.slice(0, 1).map((e) => Date.parse(e.timestamp)));
  const to = search.get("to");
  const end = Math.ceil((to === null ? newest : Date.parse(to)) / HOUR_MS) * HOUR_MS;
  const from = search.get("from");
  const start = from === null ? end - 30 * DAY_MS : Date.parse(from);
  return { from: Math.floor(start / HOUR_MS) * HOUR_MS, to: end };
}

function before({ from, to }: Edges): Edges {
  return { from: from - (to - from), to: from };
}

const iso = (time: number) => new Date(time).toISOString().replace(".000Z", "Z");

export function sumOf(events: readonly UsageEvent[]): Sum {
  const priced = events.filter((event) => event.cost_status === "priced");
  const unpriced = events.filter((event) => event.cost_status !== "priced");
  const tokens: Record<string, number> = {};
  const units: Record<string, string> = {};
  for (const event of events) {
    for (const [name, count] of Object.entries(event.tokens)) {
      tokens[name] = (tokens[name] ?? 0) + count;
    }
    for (const [name, count] of Object.entries(event.units)) {
      units[name] = addDecimals(units[name] ?? "0", count);
    }
  }
  return {
    events: events.length,
    input_tokens: events.reduce((sum, event) => sum + event.input_tokens, 0),
    output_tokens: events.reduce((sum, event) => sum + event.output_tokens, 0),
    tokens,
    units,
    cost_usd: sumDecimals(priced.map((event) => event.cost_usd ?? "0")),
    unpriced_events: unpriced.length,
    unpriced_known_usd: sumDecimals(unpriced.map((event) => event.known_cost_usd)),
    quarantined_events: events.filter((event) => event.quarantined).length,
    usage_status: counted(events.map((event) => event.usage_status)),
    call_status: counted(events.map((event) => event.status)),
    updated_at: lastBooked(events),
  };
}

function counted(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) {
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

export function summary(all: readonly UsageEvent[], search: URLSearchParams): UsageSummary {
  const events = filtered(all, search);
  const range = edges(all, search);
  return {
    from: iso(range.from),
    to: iso(range.to),
    ...sumOf(within(events, range)),
    previous: search.get("compare") === null ? null : sumOf(within(events, before(range))),
  };
}

type Grouping = "none" | "model" | "feature" | "provider" | "customer" | "user";

function keyOf(event: UsageEvent, grouping: Grouping): GroupKey | null {
  switch (grouping) {
    case "none":
      return null;
    case "model":
      return { provider: event.provider, model: event.model };
    case "feature":
      return { feature_id: event.feature_id };
    case "provider":
      return { provider: event.provider };
    case "customer":
      return { customer_id: event.customer_id };
    case "user":
      return { user_id: event.user_id };
  }
}

interface Group {
  key: GroupKey | null;
  events: UsageEvent[];
}

function grouped(events: readonly UsageEvent[], grouping: Grouping): Group[] {
  const groups = new Map<string, Group>();
  for (const event of events) {
    const key = keyOf(event, grouping);
    const name = JSON.stringify(key);
    const group = groups.get(name) ?? { key, events: [] };
    group.events.push(event);
    groups.set(name, group);
  }
  return [...groups.values()];
}

function measure(events: readonly UsageEvent[], metric: string): string {
  const sum = sumOf(events);
  switch (metric) {
    case "cost":
      return sum.cost_usd;
    case "events":
      return String(sum.events);
    case "input_tokens":
      return String(sum.input_tokens);
    case "output_tokens":
      return String(sum.output_tokens);
    case "cached_tokens":
      return String(cached(events));
    default:
      return String(sum.input_tokens + sum.output_tokens);
  }
}

function cached(events: readonly UsageEvent[]): number {
  return events.reduce((sum, event) => sum + (event.tokens["cache_read"] ?? 0), 0);
}

/** Greatest first. */
function ranked(groups: readonly Group[], metric: string): Group[] {
  return groups
    .map((group) => ({ group, size: measure(group.events, metric) }))
    .sort((a, b) => compareDecimals(b.size, a.size))
    .map(({ group }) => group);
}

function point(events: readonly UsageEvent[]): SeriesPoint {
  const { input_tokens, output_tokens, cost_usd, unpriced_events } = sumOf(events);
  const cached_tokens = cached(events);
  return {
    events: events.length,
    input_tokens,
    output_tokens,
    cached_tokens,
    cost_usd,
    unpriced_events,
  };
}

/** Buckets of UTC only: what the page does with them is the same in any zone. */
export function series(all: readonly UsageEvent[], search: URLSearchParams): Series {
  const range = edges(all, search);
  const events = within(filtered(all, search), range);
  const bucket = (search.get("bucket") ?? "day") as Series["bucket"];
  const grouping = (search.get("group_by") ?? "none") as Grouping;
  const metric = search.get("metric") ?? "cost";
  const top = Number(search.get("top") ?? 8);
  const starts = bucketStarts(range, bucket);
  const ends = [...starts.slice(1), range.to];
  const parts = grouping === "none" ? [{ key: null, events }] : grouped(events, grouping);
  const groups = ranked(parts, metric);
  const rest = groups.slice(top).flatMap((group) => group.events);
  const drawn = (group: Group, other: boolean) => ({
    key: group.key,
    other,
    total: sumOf(group.events),
    points: starts.map((from, index) => point(within(group.events, { from, to: ends[index]! }))),
  });
  return {
    bucket,
    time_zone: search.get("time_zone") ?? "UTC",
    from: iso(range.from),
    to: iso(range.to),
    updated_at: lastBooked(events),
    buckets: starts.map(iso),
    groups: [
      ...groups.slice(0, top).map((group) => drawn(group, false)),
      ...(rest.length > 0 ? [drawn({ key: null, events: rest }, true)] : []),
    ],
  };
}

function bucketStarts({ from, to }: Edges, bucket: Series["bucket"]): number[] {
  const starts: number[] = [];
  for (let time = from; time < to; time = nextBucket(time, bucket)) {
    starts.push(time);
  }
  return starts;
}

function nextBucket(time: number, bucket: Series["bucket"]): number {
  const date = new Date(time);
  switch (bucket) {
    case "hour":
      return time + HOUR_MS;
    case "day":
      return Math.floor(time / DAY_MS) * DAY_MS + DAY_MS;
    case "week": {
      const monday = (date.getUTCDay() + 6) % 7;
      return Math.floor(time / DAY_MS) * DAY_MS + (7 - monday) * DAY_MS;
    }
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }
}

export function breakdown(all: readonly UsageEvent[], search: URLSearchParams): Breakdown {
  const range = edges(all, search);
  const events = filtered(all, search);
  const grouping = (search.get("group_by") ?? "model") as Grouping;
  const limit = Number(search.get("limit") ?? 50);
  const groups = ranked(grouped(within(events, range), grouping), search.get("sort") ?? "cost");
  const start = Number(search.get("cursor") ?? 0);
  const previous = search.get("compare") === null ? null : within(events, before(range));
  const rows: BreakdownRow[] = groups.slice(start, start + limit).map(({ key, events: own }) => {
    const name = JSON.stringify(key);
    return {
      key: key ?? {},
      sum: sumOf(own),
      previous:
        previous &&
        sumOf(previous.filter((event) => JSON.stringify(keyOf(event, grouping)) === name)),
    };
  });
  const more = groups.length > start + limit;
  return {
    from: iso(range.from),
    to: iso(range.to),
    rows,
    total: sumOf(within(events, range)),
    groups: groups.length,
    more,
    next_cursor: more ? String(start + limit) : null,
  };
}

export function customers(all: readonly UsageEvent[], search: URLSearchParams): CustomerList {
  const asked = edges(all, search);
  const range = {
    from: Math.floor(asked.from / DAY_MS) * DAY_MS,
    to: Math.ceil(asked.to / DAY_MS) * DAY_MS,
  };
  const days = bucketStarts(range, "day");
  const prefix = search.get("prefix") ?? "";
  const limit = Number(search.get("limit") ?? 50);
  const sort = search.get("sort") ?? "cost";
  const groups = grouped(within(all, range), "customer").filter(({ key }) =>
    key!.customer_id!.startsWith(prefix),
  );
  const sorted =
    sort === "recent"
      ? groups.sort((a, b) => (lastBooked(a.events)! < lastBooked(b.events)! ? 1 : -1))
      : ranked(groups, sort);
  return {
    from: iso(range.from),
    to: iso(range.to),
    days: days.map(iso),
    rows: sorted.slice(0, limit).map(({ key, events }) => ({
      customer_id: key!.customer_id!,
      sum: sumOf(events),
      spark: days.map((from) => sumOf(within(events, { from, to: from + DAY_MS })).cost_usd),
      last_seen: lastBooked(events),
    })),
    more: sorted.length > limit,
  };
}

function lastBooked(events: readonly UsageEvent[]): string | null {
  return events.reduce<string | null>(
    (last, { received_at }) => (last === null || received_at > last ? received_at : last),
    null,
  );
}

export function options(
  all: readonly UsageEvent[],
  search: URLSearchParams,
): { data: Option[]; more: boolean } {
  const kind = search.get("kind") as Grouping;
  const customer = search.get("customer_id");
  const prefix = search.get("prefix") ?? "";
  const limit = Number(search.get("limit") ?? 50);
  const own = all.filter((event) => customer === null || event.customer_id === customer);
  const found = grouped(own, kind)
    .map(({ key }): Option => {
      const { provider, model, feature_id, customer_id, user_id } = key!;
      return kind === "model"
        ? { value: model ?? null, provider: provider ?? null }
        : { value: feature_id ?? customer_id ?? user_id ?? provider ?? null };
    })
    .filter(({ value }) => (value ?? "").startsWith(prefix))
    .sort((a, b) => ((a.value ?? "") < (b.value ?? "") ? -1 : 1));
  return { data: found.slice(0, limit), more: found.length > limit };
}

export function forecast(all: readonly UsageEvent[], search: URLSearchParams): Forecast {
  const now = new Date(edges(all, new URLSearchParams()).to - 1);
  const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const days_elapsed = now.getUTCDate() - 1;
  const days_in_month = new Date(
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0),
  ).getUTCDate();
  const events = filtered(all, search);
  const known = within(events, { from: first, to: first + days_elapsed * DAY_MS });
  const perDay = Number(sumOf(known).cost_usd) / days_elapsed;
  return {
    month: now.toISOString().slice(0, 7),
    month_to_date: sumOf(within(events, { from: first, to: now.getTime() })),
    forecast_usd: days_elapsed < 2 ? null : (perDay * days_in_month).toFixed(6),
    method: "The mean of the month's whole days, for every day of the month.",
    days_elapsed,
    days_in_month,
  };
}
