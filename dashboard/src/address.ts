import { FILTER_NAMES } from "./filters/filters";
import { RANGE_PARAMETERS } from "./range/range";
import { hrefTo } from "./router";

/** What stays as it is when one goes to another page: the range and the filters. */
const KEPT: readonly string[] = [...RANGE_PARAMETERS, ...FILTER_NAMES];

export function keptSearch(search: string): URLSearchParams {
  const said = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of KEPT) {
    const value = said.get(name);
    if (value) {
      kept.set(name, value);
    }
  }
  return kept;
}

/** The address of another page, with the same range and filters, and what is different about it. */
export function hrefKeeping(path: string, search: string, changes: Changes = {}): string {
  return hrefTo(path, changed(keptSearch(search), changes));
}

/** A change to the address of a page itself; null takes the parameter away. */
export type Changes = Record<string, string | null>;

export function hrefChanged(path: string, search: string, changes: Changes): string {
  return hrefTo(path, changed(new URLSearchParams(search), changes));
}

function changed(search: URLSearchParams, changes: Changes): URLSearchParams {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") {
      search.delete(name);
    } else {
      search.set(name, value);
    }
  }
  return search;
}
