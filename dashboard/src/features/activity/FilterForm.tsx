import { useId, useState, type FormEvent, type ReactNode } from "react";
import { hrefTo, navigate } from "../../router";
import {
  activeFilters,
  lastDays,
  NO_FILTERS,
  writeFilters,
  type ActivityFilters,
  type FilterName,
} from "./filters";
import { CALL_STATUS_NAMES, FILTER_LABELS, PROVIDER_NAMES, providerLabel } from "./labels";

const PATH = "/activity";
const PERIODS = [
  { label: "Today", days: 1 },
  { label: "7 days", days: 7 },
  { label: "30 days", days: 30 },
];

export function hrefToActivity(filters: ActivityFilters): string {
  return hrefTo(PATH, writeFilters(filters));
}

/** The filters are what the address says; what is typed becomes so with "Apply". */
export function FilterForm({ filters }: { filters: ActivityFilters }) {
  const [draft, setDraft] = useState(filters);
  const [draftOf, setDraftOf] = useState(filters);
  if (draftOf !== filters) {
    // Back, forward, a removed filter: the form follows the address.
    setDraftOf(filters);
    setDraft(filters);
  }
  const [open, setOpen] = useState(false);
  const fieldsId = useId();
  const active = activeFilters(filters).length;

  function apply(event: FormEvent) {
    event.preventDefault();
    setOpen(false);
    navigate(hrefToActivity(draft));
  }

  function text(name: FilterName) {
    return {
      name,
      value: draft[name],
      onChange: (event: { target: { value: string } }) =>
        setDraft({ ...draft, [name]: event.target.value }),
    };
  }

  const idInput = { type: "text", autoComplete: "off", autoCapitalize: "none", spellCheck: false };
  return (
    <form className="filters card" role="search" aria-label="Filter events" onSubmit={apply}>
      <button
        type="button"
        className="button filters-toggle"
        aria-expanded={open}
        aria-controls={fieldsId}
        onClick={() => setOpen(!open)}
      >
        Filters{active > 0 && ` (${active})`}
      </button>
      <div id={fieldsId} className="filter-fields" data-open={open}>
        <Field name="customer_id">
          <input {...idInput} {...text("customer_id")} />
        </Field>
        <Field name="user_id">
          <input {...idInput} {...text("user_id")} />
        </Field>
        <Field name="feature_id">
          <input {...idInput} {...text("feature_id")} />
        </Field>
        <Field name="provider">
          <select {...text("provider")}>
            <Options
              none="All providers"
              names={PROVIDER_NAMES}
              chosen={draft.provider}
              label={providerLabel}
            />
          </select>
        </Field>
        <Field name="model">
          <input {...idInput} {...text("model")} />
        </Field>
        <Field name="status">
          <select {...text("status")}>
            <Options none="Any status" names={CALL_STATUS_NAMES} chosen={draft.status} />
          </select>
        </Field>
        <Field name="from" note="UTC">
          <input type="date" max={draft.to || undefined} {...text("from")} />
        </Field>
        <Field name="to" note="UTC">
          <input type="date" min={draft.from || undefined} {...text("to")} />
        </Field>
        <div className="filter-actions">
          <button type="submit" className="button primary">
            Apply
          </button>
          <span className="periods" role="group" aria-label="Period">
            {PERIODS.map(({ label, days }) => (
              <button
                key={days}
                type="button"
                className="button quiet"
                onClick={() =>
                  navigate(hrefToActivity({ ...draft, ...lastDays(days, new Date()) }))
                }
              >
                {label}
              </button>
            ))}
          </span>
        </div>
      </div>
      {active > 0 && <ActiveFilters filters={filters} />}
    </form>
  );
}

function Field({ name, note, children }: { name: FilterName; note?: string; children: ReactNode }) {
  return (
    <label className="field">
      <span className="label">
        {FILTER_LABELS[name]}
        {note !== undefined && <span className="label-note"> {note}</span>}
      </span>
      {children}
    </label>
  );
}

interface OptionsProps {
  none: string;
  names: readonly string[];
  /** Offered even if it is not among the names: the address may hold a value newer than this page. */
  chosen: string;
  label?: (name: string) => string;
}

function Options({ none, names, chosen, label = (name) => name }: OptionsProps) {
  const all = chosen === "" || names.includes(chosen) ? names : [...names, chosen];
  return (
    <>
      <option value="">{none}</option>
      {all.map((name) => (
        <option key={name} value={name}>
          {label(name)}
        </option>
      ))}
    </>
  );
}

function ActiveFilters({ filters }: { filters: ActivityFilters }) {
  return (
    <div className="chips">
      <ul aria-label="Active filters">
        {activeFilters(filters).map((name) => (
          <li key={name}>
            <a className="chip" href={hrefToActivity({ ...filters, [name]: "" })}>
              <span className="visually-hidden">Remove filter </span>
              <span className="chip-name">{FILTER_LABELS[name]}</span>
              <span className="chip-value">{filterValue(name, filters[name])}</span>
              <span className="chip-cross" aria-hidden="true">
                ×
              </span>
            </a>
          </li>
        ))}
      </ul>
      <a href={hrefToActivity(NO_FILTERS)}>Clear all</a>
    </div>
  );
}

function filterValue(name: FilterName, value: string): string {
  return name === "provider" ? providerLabel(value) : value;
}
