import type { Bucket, BreakdownQuery, GroupBy, Metric, SeriesQuery } from "../../api/types";
import { GROUPINGS, METRICS } from "../../chart/chart";
import { filterQuery, type Filters } from "../../filters/filters";
import { isKeptByDayOnly } from "../../usage/kept";
import { bucketsFor, chosenBucket, rangeQuery, type Range } from "../../range/range";

/** What the Analytics page shows besides range and filters, as it stands in its address. */
export interface View {
  metric: Metric;
  group: GroupBy;
  rollup: Bucket;
  /** The rollups to choose from. */
  rollups: Bucket[];
}

const TOP = 8;

export function readView(search: string, range: Range, filters: Filters): View {
  const said = new URLSearchParams(search);
  const metric = oneOf(Object.keys(METRICS) as Metric[], said.get("metric")) ?? "cost";
  const asked = oneOf(Object.keys(GROUPINGS) as GroupBy[], said.get("group")) ?? "model";
  // A user belongs to a customer.
  const group = asked === "user" && filters.customer_id === undefined ? "model" : asked;
  const fit = bucketsFor(range);
  const byDay = isKeptByDayOnly(group, filters);
  const days: Bucket[] = ["day", "week", "month"];
  const rollups = byDay ? [...new Set([...fit, ...days])].filter((each) => each !== "hour") : fit;
  return { metric, group, rollup: chosenBucket(search, rollups), rollups };
}

function oneOf<T extends string>(all: readonly T[], said: string | null): T | undefined {
  return all.find((each) => each === said);
}

export function seriesQuery(view: View, range: Range, filters: Filters): SeriesQuery {
  return {
    ...rangeQuery(range),
    ...filterQuery(filters),
    bucket: view.rollup,
    time_zone: isKeptByDayOnly(view.group, filters) ? "UTC" : range.timeZone,
    group_by: view.group,
    metric: view.metric,
    top: String(TOP),
  };
}

/** What the table below the chart is asked with; null where nothing is grouped. */
export function breakdownQuery(view: View, range: Range, filters: Filters): BreakdownQuery | null {
  if (view.group === "none") {
    return null;
  }
  const sort = view.metric === "cost" || view.metric === "events" ? view.metric : "tokens";
  return {
    ...rangeQuery(range),
    ...filterQuery(filters),
    group_by: view.group,
    sort,
    limit: "100",
    compare: "previous",
  };
}
