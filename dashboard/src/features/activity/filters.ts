import type { EventQuery } from "../../api/types";
import { FILTER_NAMES, filterQuery, readFilters } from "../../filters/filters";
import { RANGE_PARAMETERS, rangeQuery, type Range } from "../../range/range";

/** What events can be filtered by and sums can't. */
export const STATE_FILTER_NAMES = [
  "status",
  "usage_status",
  "cost_status",
  "quarantined",
  "source",
] as const;

export type StateFilterName = (typeof STATE_FILTER_NAMES)[number];

export type StateFilters = Partial<Record<StateFilterName, string>>;

/** Which event is opened, in the address. */
export const EVENT = "event";

export function readStateFilters(search: string): StateFilters {
  const said = new URLSearchParams(search);
  const filters: StateFilters = {};
  for (const name of STATE_FILTER_NAMES) {
    const value = said.get(name)?.trim();
    if (value) {
      filters[name] = value;
    }
  }
  return filters;
}

/** Whether anything but the range narrows the list. */
export function isFiltered(search: string): boolean {
  return Object.keys({ ...readFilters(search), ...readStateFilters(search) }).length > 0;
}

/** The part of the address that says which events are listed, always in the same order. */
export function listAddress(search: string): string {
  const said = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of [...RANGE_PARAMETERS, ...FILTER_NAMES, ...STATE_FILTER_NAMES]) {
    const value = said.get(name)?.trim();
    if (value) {
      kept.set(name, value);
    }
  }
  return kept.toString();
}

/**
 * What the list is asked with. A range that goes on to now has no end: an hour that passes while the
 * page is open would otherwise make it another list.
 */
export function eventQuery(search: string, range: Range): EventQuery {
  const { from, to } = rangeQuery(range);
  const open = range.preset !== null && range.preset !== "last-month";
  return {
    ...filterQuery(readFilters(search)),
    ...readStateFilters(search),
    from,
    ...(open ? {} : { to }),
  };
}

/** The sums are kept without the states of calls: they can't be filtered by them. */
export function summaryQuery(search: string, range: Range): EventQuery {
  return { ...filterQuery(readFilters(search)), ...rangeQuery(range) };
}
