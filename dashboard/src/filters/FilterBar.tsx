import { useState, type ReactNode } from "react";
import { hrefChanged, type Changes } from "../address";
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
  type Filters,
} from "./filters";
import "./filters.css";

const KINDS: Record<FilterName, OptionKind> = {
  customer_id: "customer",
  user_id: "user",
  feature_id: "feature",
  provider: "provider",
  model: "model",
};

/** Filters that only one page has: their fields, and those of them that are set. */
export interface OwnFilters {
  fields: ReactNode;
  active: { name: string; label: string; value: string }[];
}

interface Props {
  path: string;
  search: string;
  own?: OwnFilters;
  /** Those that the page can be filtered by; all where it does not say. */
  names?: readonly FilterName[];
  /** Whose page it is, where it is one customer's. */
  customer?: string;
}

/** The filters of a page as fields, and those that are set as chips to take them away again. */
export function FilterBar({ path, search, names = FILTER_NAMES, customer, own }: Props) {
  const filters = readFilters(inPage(search, customer));
  const active = activeNames(filters).filter((name) => names.includes(name));
  const chips: Chip[] = [
    ...active.map((name) => ({
      name,
      label: FILTER_LABELS[name],
      value: valueLabel(name, filters[name]!),
      without: filterChange(name, null),
    })),
    ...(own?.active ?? []).map((each) => ({ ...each, without: { [each.name]: null } })),
  ];
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
        Filters{chips.length > 0 && ` (${chips.length})`}
      </button>
      <div className="filter-bar-fields" data-open={open}>
        {shown.map((name) => (
          <FilterField key={name} name={name} path={path} search={search} filters={filters} />
        ))}
      </div>
      {own !== undefined && (
        <div className="filter-bar-fields" data-open={open}>
          {own.fields}
        </div>
      )}
      {chips.length > 0 && <Chips path={path} search={search} chips={chips} />}
    </div>
  );
}

/** Users are a customer's own: a customer's page names it by its path. */
function inPage(search: string, customer: string | undefined): string {
  if (customer === undefined) {
    return search;
  }
  const said = new URLSearchParams(search);
  said.set("customer_id", customer);
  return said.toString();
}

interface FieldProps {
  name: FilterName;
  path: string;
  search: string;
  filters: Filters;
}

interface Chip {
  name: string;
  label: string;
  value: string;
  /** What becomes of the address without it. */
  without: Changes;
}

function Chips({ path, search, chips }: { path: string; search: string; chips: Chip[] }) {
  const none = { ...NO_FILTERS, ...Object.fromEntries(chips.map(({ name }) => [name, null])) };
  return (
    <div className="chips">
      <ul aria-label="Active filters">
        {chips.map(({ name, label, value, without }) => (
          <li key={name}>
            <a className="chip" href={hrefChanged(path, search, without)}>
              <span className="visually-hidden">Remove filter </span>
              <span className="chip-name">{label}</span>
              <span className="chip-value">{value}</span>
              <span className="chip-cross" aria-hidden="true">
                ×
              </span>
            </a>
          </li>
        ))}
      </ul>
      <a href={hrefChanged(path, search, none)}>Clear all</a>
    </div>
  );
}

function FilterField({ name, path, search, filters }: FieldProps) {
  const api = useApi();
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
                  ...(option.provider
                    ? { note: providerLabel(option.provider), provider: option.provider }
                    : {}),
                },
              ];
        });
        return { items, more };
      }}
      onChoose={(item) =>
        navigate(
          hrefChanged(path, search, {
            ...filterChange(name, item?.value ?? null),
            // A model is one provider's, and sums are kept for both together.
            ...(item?.provider ? { provider: item.provider } : {}),
          }),
        )
      }
    />
  );
}

function valueLabel(name: FilterName, value: string): string {
  return name === "provider" && value !== "" ? providerLabel(value) : value;
}
