import type { GroupBy, GroupKey, Metric, Series, SeriesPoint } from "../api/types";
import { providerLabel } from "../features/activity/labels";
import { costOfSum, type ShownCost } from "../format/cost";
import { approximately, sumDecimals } from "../format/decimal";
import { formatUsd } from "../format/money";
import { formatDecimal } from "../format/numbers";
import { bucketLabel, bucketName } from "./buckets";
import { shortCount } from "./ticks";

/** One colour of the chart: a group's amounts over time. */
export interface ChartGroup {
  id: string;
  label: string;
  /** Beside the label, muted. */
  note: string | null;
  other: boolean;
  /** Which of the chart's colours; stays when others are hidden. */
  colour: number;
  /** Decimal text, one for each bar. */
  amounts: string[];
  total: string;
  /** For each bar, the calls whose cost is not known and not in the amount; zeros for counts. */
  unpriced: number[];
  /** Of the whole group, where the amounts are costs. */
  cost: ShownCost | null;
}

export interface Bar {
  start: string;
  end: string;
  label: string;
  name: string;
  /** Events without a price, which the bar's height leaves out. */
  unpriced: number;
  /** Whether it has not ended yet. */
  running: boolean;
}

export interface ChartData {
  metric: Metric;
  bars: Bar[];
  groups: ChartGroup[];
}

export const METRICS: Record<Metric, { label: string; unit: string }> = {
  cost: { label: "Cost", unit: "USD" },
  input_tokens: { label: "Input tokens", unit: "tokens" },
  output_tokens: { label: "Output tokens", unit: "tokens" },
  cached_tokens: { label: "Cached tokens", unit: "tokens" },
  tokens: { label: "All tokens", unit: "tokens" },
  events: { label: "Calls", unit: "calls" },
};

/** The amounts of all hues of the chart, `Other` last. */
export const OTHER_COLOUR = 8;

export function chartData(series: Series, metric: Metric, now: number): ChartData {
  const { buckets, bucket, time_zone, to } = series;
  const bars = buckets.map((start, index): Bar => {
    const end = buckets[index + 1] ?? to;
    return {
      start,
      end,
      label: bucketLabel(start, bucket, time_zone),
      name: bucketName(start, bucket, time_zone),
      unpriced:
        metric === "cost"
          ? series.groups.reduce(
              (sum, { points }) => sum + (points[index]?.unpriced_events ?? 0),
              0,
            )
          : 0,
      running: Date.parse(start) <= now && now < Date.parse(end),
    };
  });
  const groups = series.groups.map(({ key, other, points, total }, index): ChartGroup => {
    const amounts = points.map((point) => amountOf(point, metric));
    const { label, note } = other ? { label: "Other", note: null } : groupLabel(key, metric);
    return {
      id: other ? "other" : JSON.stringify(key),
      label,
      note,
      other,
      colour: other ? OTHER_COLOUR : index % OTHER_COLOUR,
      amounts,
      total: sumDecimals(amounts),
      unpriced: points.map((point) => (metric === "cost" ? point.unpriced_events : 0)),
      cost: metric === "cost" ? costOfSum(total) : null,
    };
  });
  return { metric, bars, groups };
}

export function amountOf(point: SeriesPoint, metric: Metric): string {
  switch (metric) {
    case "cost":
      return point.cost_usd;
    case "tokens":
      return String(point.input_tokens + point.output_tokens);
    default:
      return String(point[metric]);
  }
}

/** What a group is called; the whole is called by its metric. */
export function groupLabel(
  key: GroupKey | null,
  metric: Metric = "cost",
): { label: string; note: string | null } {
  if (key === null) {
    return { label: METRICS[metric].label, note: null };
  }
  if ("model" in key) {
    const provider = key.provider ? providerLabel(key.provider) : null;
    const none = provider === null ? "(no model)" : `(no model of ${provider})`;
    return { label: key.model ?? none, note: provider };
  }
  if ("provider" in key) {
    return { label: key.provider ? providerLabel(key.provider) : "(no provider)", note: null };
  }
  const id = key.feature_id ?? key.customer_id ?? key.user_id;
  return { label: id ?? "(none)", note: null };
}

/** The filters that leave only this group; null where none does. */
export function groupFilter(key: GroupKey | null): Record<string, string> | null {
  const filter: Record<string, string> = {};
  for (const [name, value] of Object.entries(key ?? {})) {
    // There is no filter for what has no name: the others alone would leave more than the group.
    if (!value) {
      return null;
    }
    filter[name] = value;
  }
  return Object.keys(filter).length === 0 ? null : filter;
}

export function formatAmount(amount: string, metric: Metric): string {
  return metric === "cost" ? formatUsd(amount) : formatDecimal(amount);
}

export function formatTick(amount: string, metric: Metric): string {
  if (metric !== "cost") {
    return shortCount(amount);
  }
  if (approximately(amount) === 0) {
    return "0";
  }
  // Two digits at least behind a point: $0.10.
  return `$${shortCount(amount).replace(/^(\d+\.\d)$/, "$10")}`;
}

export const GROUPINGS: Record<GroupBy, string> = {
  none: "Nothing",
  model: "Model",
  feature: "Feature",
  provider: "Provider",
  customer: "Customer",
  user: "User",
};
