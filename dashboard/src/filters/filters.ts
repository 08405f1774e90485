import type { EventQuery } from "../api/types";

/** What sums and events can be filtered by on every page, as it stands in the address. */
export const FILTER_NAMES = ["customer_id", "user_id", "feature_id", "provider", "model"] as const;

export type FilterName = (typeof FILTER_NAMES)[number];

export type Filters = Partial<Record<FilterName, string>>;

export const FILTER_LABELS: Record<FilterName, string> = {
  customer_id: "Customer",
  user_id: "User",
  feature_id: "Feature",
  provider: "Provider",
  model: "Model",
};

export function readFilters(search: string): Filters {
  const said = new URLSearchParams(search);
  const filters: Filters = {};
  for (const name of FILTER_NAMES) {
    const value = said.get(name)?.trim();
    if (value) {
      filters[name] = value;
    }
  }
  // A user belongs to a customer, and names nobody without.
  if (filters.customer_id === undefined) {
    delete filters.user_id;
  }
  return filters;
}

export function activeNames(filters: Filters): FilterName[] {
  return FILTER_NAMES.filter((name) => filters[name] !== undefined);
}

export function filterQuery(filters: Filters): EventQuery {
  const query: EventQuery = {};
  for (const name of activeNames(filters)) {
    query[name] = filters[name]!;
  }
  return query;
}

/** What becomes of the address when a filter is set or taken away. */
export function filterChange(
  name: FilterName,
  value: string | null,
): Record<string, string | null> {
  return name === "customer_id" ? { customer_id: value, user_id: null } : { [name]: value };
}

export const NO_FILTERS: Record<FilterName, null> = {
  customer_id: null,
  user_id: null,
  feature_id: null,
  provider: null,
  model: null,
};
