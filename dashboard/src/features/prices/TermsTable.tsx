import type { PriceTerm, PriceUnpriced } from "../../api/types";
import { DataTable, type Column } from "../../ui/DataTable";
import { providerLabel } from "../activity/labels";
import { termEffect, termLabel } from "./prices";

const TERM_COLUMNS: readonly Column<PriceTerm>[] = [
  {
    name: "term",
    heading: "Term",
    cell: ({ term, values }) => (
      <>
        {termLabel(term)} <strong>{values.join(", ")}</strong>
      </>
    ),
  },
  { name: "provider", heading: "Provider", cell: ({ provider }) => providerLabel(provider) },
  {
    name: "models",
    heading: "Models",
    cell: ({ models }) =>
      models.length === 0 ? (
        <span className="muted">all</span>
      ) : (
        <span className="id" title={models.join(", ")}>
          {models.slice(0, 3).join(", ")}
          {models.length > 3 && ` and ${models.length - 3} more`}
        </span>
      ),
  },
  { name: "effect", heading: "Price", cell: termEffect },
];

export function TermsTable({ terms }: { terms: readonly PriceTerm[] }) {
  return (
    <DataTable
      label="Terms"
      columns={TERM_COLUMNS}
      rows={terms}
      rowKey={(term) => JSON.stringify(term)}
    />
  );
}

const UNPRICED_COLUMNS: readonly Column<PriceUnpriced>[] = [
  {
    name: "name",
    heading: "What",
    cell: ({ kind, name }) => (
      <>
        <span className="muted">{kind.replaceAll("_", " ")}</span>{" "}
        <span className="id">{name}</span>
      </>
    ),
  },
  { name: "provider", heading: "Provider", cell: ({ provider }) => providerLabel(provider) },
  { name: "reason", heading: "Why", cell: ({ reason }) => reason },
];

export function UnpricedTable({ unpriced }: { unpriced: readonly PriceUnpriced[] }) {
  return (
    <DataTable
      label="Without a price"
      columns={UNPRICED_COLUMNS}
      rows={unpriced}
      rowKey={(each) => JSON.stringify(each)}
    />
  );
}
