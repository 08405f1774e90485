import { hrefChanged } from "../../address";
import { navigate } from "../../router";
import { ACTIVITY_PATH } from "./addresses";
import { readStateFilters, STATE_FILTER_NAMES, type StateFilterName } from "./filters";
import { STATE_FILTERS } from "./labels";

/** The filters that only single events have: how the call ended, what is known of its cost. */
export function StateFilters({ search }: { search: string }) {
  const chosen = readStateFilters(search);
  return (
    <div className="state-filters" role="group" aria-label="Filter events by state">
      {STATE_FILTER_NAMES.map((name) => (
        <label key={name} className="field" data-chosen={chosen[name] !== undefined}>
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
    </div>
  );
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
