import type { EventQuery } from "../../api/types";
import { dayAfter, daysBefore, isDay } from "../../format/time";

/** What the Activity page shows, as it stands in its address. Empty text means: not filtered. */
export interface ActivityFilters {
  customer_id: string;
  user_id: string;
  feature_id: string;
  provider: string;
  model: string;
  status: string;
  /** The first day, `YYYY-MM-DD` (UTC). */
  from: string;
  /** The last day, itself included. */
  to: string;
}

export type FilterName = keyof ActivityFilters;

export const FILTER_NAMES: readonly FilterName[] = [
  "customer_id",
  "user_id",
  "feature_id",
  "provider",
  "model",
  "status",
  "from",
  "to",
];

export const NO_FILTERS: ActivityFilters = {
  customer_id: "",
  user_id: "",
  feature_id: "",
  provider: "",
  model: "",
  status: "",
  from: "",
  to: "",
};

/** Reads the page's address. What is no day is left out, as the form could not show it either. */
export function readFilters(search: string): ActivityFilters {
  const said = new URLSearchParams(search);
  const filters = { ...NO_FILTERS };
  for (const name of FILTER_NAMES) {
    const value = (said.get(name) ?? "").trim();
    filters[name] = (name === "from" || name === "to") && !isDay(value) ? "" : value;
  }
  return filters;
}

/** The page's address: only what is filtered, always in the same order. */
export function writeFilters(filters: ActivityFilters): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of activeFilters(filters)) {
    search.set(name, filters[name].trim());
  }
  return search;
}

export function activeFilters(filters: ActivityFilters): FilterName[] {
  return FILTER_NAMES.filter((name) => filters[name].trim() !== "");
}

/** What the API is asked. Its `to` is exclusive, so the last day goes up to the next one's start. */
export function eventQuery(filters: ActivityFilters): EventQuery {
  const query: EventQuery = {};
  for (const name of activeFilters(filters)) {
    query[name] = filters[name];
  }
  if (filters.from !== "") {
    query["from"] = `${filters.from}T00:00:00Z`;
  }
  if (filters.to !== "") {
    query["to"] = `${dayAfter(filters.to)}T00:00:00Z`;
  }
  return query;
}

/** The sums are kept without the status of calls: they can't be filtered by it. */
export function summaryQuery(filters: ActivityFilters): EventQuery {
  return eventQuery({ ...filters, status: "" });
}

/** Sums are kept for each user of each customer; a user alone names nobody. */
export function hasTotals(filters: ActivityFilters): boolean {
  return filters.user_id.trim() === "" || filters.customer_id.trim() !== "";
}

/** The days that a button sets, today (UTC) included. */
export function lastDays(days: number, now: Date): Pick<ActivityFilters, "from" | "to"> {
  const today = now.toISOString().slice(0, 10);
  return { from: daysBefore(today, days - 1), to: today };
}
