import { hrefChanged } from "../../address";
import type { OwnFilters } from "../../filters/FilterBar";
import { navigate } from "../../router";
import { ACTIVITY_PATH } from "../../paths";
import { readStateFilters, STATE_FILTER_NAMES, type StateFilterName } from "./filters";
import { STATE_FILTERS } from "./labels";

/** The filters that only single events have: how the call ended, what is known of its cost. */
export function StateFilters({ search }: { search: string }) {
  const chosen = readStateFilters(search);
  return (
    <>
      {STATE_FILTER_NAMES.map((name) => (
        <label key={name} className="field state-filter" data-chosen={chosen[name] !== undefined}>
          <span className="label">{STATE_FILTERS[name].label}</span>
          <select
            value={chosen[name] ?? ""}
            onChange={({ target: { value } }) =>
              navigate(hrefChanged(ACTIVITY_PATH, search, { [name]: value, event: null }))
            }
          >
            <Options name={name} chosen={chosen[name] ?? ""} />
          </select>
        </label>
      ))}
    </>
  );
}

/** Those that are set, in words. */
export function activeStateFilters(search: string): OwnFilters["active"] {
  const chosen = readStateFilters(search);
  return STATE_FILTER_NAMES.flatMap((name) => {
    const value = chosen[name];
    const { label, values } = STATE_FILTERS[name];
    return value === undefined ? [] : [{ name, label, value: values[value] ?? value }];
  });
}

/** What is chosen is offered too: the address may hold a value newer than this page. */
function Options({ name, chosen }: { name: StateFilterName; chosen: string }) {
  const { any, values } = STATE_FILTERS[name];
  const known = chosen === "" || chosen in values;
  return (
    <>
      <option value="">{any}</option>
      {Object.entries(values).map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
      {!known && <option value={chosen}>{chosen}</option>}
    </>
  );
}
