import { ACTIVITY_PATH } from "../../paths";
import { RANGE_PARAMETERS } from "../../range/range";
import { hrefTo } from "../../router";

/** The Activity page with the same range, filtered by these only. */
export function hrefToActivity(filters: Record<string, string>, search = ""): string {
  const said = new URLSearchParams(search);
  const wanted = new URLSearchParams();
  for (const name of RANGE_PARAMETERS) {
    const value = said.get(name);
    if (value) {
      wanted.set(name, value);
    }
  }
  for (const [name, value] of Object.entries(filters)) {
    wanted.set(name, value);
  }
  return hrefTo(ACTIVITY_PATH, wanted);
}

/** The Activity page with one event opened. */
export function hrefToEvent(id: string): string {
  return hrefTo(ACTIVITY_PATH, new URLSearchParams({ event: id }));
}
