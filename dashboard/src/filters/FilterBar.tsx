import { useState } from "react";
import { hrefChanged } from "../address";
import { useApi } from "../api/ApiContext";
import type { OptionKind } from "../api/types";
import { providerLabel } from "../features/activity/labels";
import { navigate } from "../router";
import { ComboBox } from "../ui/ComboBox";
import {
  activeNames,
  FILTER_LABELS,
  FILTER_NAMES,
  filterChange,
  NO_FILTERS,
  readFilters,
  type FilterName,
} from "./filters";
import "./filters.css";

const KINDS: Record<FilterName, OptionKind> = {
  customer_id: "customer",
  user_id: "user",
  feature_id: "feature",
  provider: "provider",
  model: "model",
};

interface Props {
  path: string;
  search: string;
  /** Those that the page can be filtered by; all where it does not say. */
  names?: readonly FilterName[];
}

/** The filters of a page as fields, and those that are set as chips to take them away again. */
export function FilterBar({ path, search, names = FILTER_NAMES }: Props) {
  const filters = readFilters(search);
  const active = activeNames(filters).filter((name) => names.includes(name));
  const [open, setOpen] = useState(false);
  // Users are a customer's own.
  const shown = names.filter((name) => name !== "user_id" || filters.customer_id !== undefined);
  return (
    <div className="filter-bar" role="search" aria-label="Filters">
      <button
        type="button"
        className="button filter-bar-toggle"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        Filters{active.length > 0 && ` (${active.length})`}
      </button>
      <div className="filter-bar-fields" data-open={open}>
        {shown.map((name) => (
          <FilterField key={name} name={name} path={path} search={search} />
        ))}
      </div>
      {active.length > 0 && (
        <div className="chips">
          <ul aria-label="Active filters">
            {active.map((name) => (
              <li key={name}>
                <a className="chip" href={hrefChanged(path, search, filterChange(name, null))}>
                  <span className="visually-hidden">Remove filter </span>
                  <span className="chip-name">{FILTER_LABELS[name]}</span>
                  <span className="chip-value">{valueLabel(name, filters[name]!)}</span>
                  <span className="chip-cross" aria-hidden="true">
                    ×
                  </span>
                </a>
              </li>
            ))}
          </ul>
          <a href={hrefChanged(path, search, NO_FILTERS)}>Clear all</a>
        </div>
      )}
    </div>
  );
}

function FilterField({ name, path, search }: { name: FilterName; path: string; search: string }) {
  const api = useApi();
  const filters = readFilters(search);
  const value = filters[name] ?? "";
  const customer = name === "user_id" ? filters.customer_id : undefined;
  return (
    <ComboBox
      label={FILTER_LABELS[name]}
      placeholder={`All ${FILTER_LABELS[name].toLowerCase()}s`}
      value={value}
      valueLabel={valueLabel(name, value)}
      itemsKey={[name, customer ?? ""]}
      loadItems={async (prefix, signal) => {
        const query = {
          // Providers are shown by other names than they are asked for by, and few.
          ...(prefix === "" || name === "provider" ? {} : { prefix }),
          ...(customer === undefined ? {} : { customer_id: customer }),
        };
        const { options, more } = await api.options(KINDS[name], query, signal);
        const items = options.flatMap((option) => {
          const label = valueLabel(name, option.value ?? "");
          const fits = label.toLowerCase().startsWith(prefix.toLowerCase());
          return option.value === null || (name === "provider" && !fits)
            ? []
            : [
                {
                  value: option.value,
                  label,
                  ...(option.provider ? { note: providerLabel(option.provider) } : {}),
                },
              ];
        });
        return { items, more };
      }}
      onChoose={(item) =>
        navigate(hrefChanged(path, search, filterChange(name, item?.value ?? null)))
      }
    />
  );
}

function valueLabel(name: FilterName, value: string): string {
  return name === "provider" && value !== "" ? providerLabel(value) : value;
}
