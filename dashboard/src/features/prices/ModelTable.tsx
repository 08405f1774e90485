import { useState } from "react";
import type { ModelPrice } from "../../api/types";
import { CsvButton, DataTable, type Column } from "../../ui/DataTable";
import { None } from "../../ui/None";
import { providerLabel, tokenClassLabel } from "../activity/labels";
import { currentPeriod, MAIN_CLASSES, modelKey, moreOf, perMillion } from "./prices";

const SHOWN_AT_FIRST = 50;

interface Props {
  models: readonly ModelPrice[];
  onOpen: (model: ModelPrice) => void;
}

export function ModelTable({ models, onOpen }: Props) {
  const [all, setAll] = useState(false);
  const shown = all ? models : models.slice(0, SHOWN_AT_FIRST);
  const columns = columnsOf(onOpen, new Date());
  return (
    <>
      <DataTable label="Prices of models" columns={columns} rows={shown} rowKey={modelKey} />
      <div className="price-actions">
        {shown.length < models.length && (
          <button type="button" className="button small" onClick={() => setAll(true)}>
            Show all {models.length}
          </button>
        )}
        <CsvButton name="prices" columns={columns} rows={shown} />
      </div>
    </>
  );
}

function columnsOf(onOpen: (model: ModelPrice) => void, now: Date): Column<ModelPrice>[] {
  return [
    {
      name: "model",
      heading: "Model",
      cell: (model) => (
        <button type="button" className="row-button id" onClick={() => onOpen(model)}>
          <span className="visually-hidden">All prices of </span>
          {model.names[0]}
          {model.names.length > 1 && (
            <span className="muted" title={model.names.slice(1).join(", ")}>
              {" "}
              +{model.names.length - 1}
              <span className="visually-hidden"> more names</span>
            </span>
          )}
        </button>
      ),
      csv: ({ names }) => names.join(" "),
    },
    {
      name: "provider",
      heading: "Provider",
      cell: ({ provider }) => providerLabel(provider),
      csv: ({ provider }) => provider,
    },
    ...MAIN_CLASSES.map((tokenClass) => ({
      name: tokenClass,
      heading: tokenClassLabel(tokenClass),
      numeric: true,
      cell: (model: ModelPrice) =>
        perMillion(currentPeriod(model, now)?.per_million_tokens, tokenClass) ?? (
          <None said="no price" />
        ),
      csv: (model: ModelPrice) => currentPeriod(model, now)?.per_million_tokens[tokenClass],
    })),
    {
      name: "more",
      heading: "More",
      cell: (model) => <span className="muted">{moreOf(model, now) || <None />}</span>,
    },
  ];
}
