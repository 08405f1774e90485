import { useQuery } from "@tanstack/react-query";
import { hrefChanged } from "../../address";
import { useApi } from "../../api/ApiContext";
import type { PriceBook } from "../../api/types";
import { countOf } from "../../format/numbers";
import { PRICES_PATH } from "../../paths";
import { navigate } from "../../router";
import { PageHeading } from "../../ui/PageHeading";
import { Empty, Panel } from "../../ui/Panel";
import { providerLabel } from "../activity/labels";
import { ModelDrawer } from "./ModelDrawer";
import { ModelTable } from "./ModelTable";
import { findPrices, modelKey, readPriceSearch } from "./prices";
import { TermsTable, UnpricedTable } from "./TermsTable";
import "./prices.css";

const OPENED = "open";

/** The price book in use, to be read only: what events are priced by from now on. */
export function PricesPage({ search }: { search: string }) {
  const api = useApi();
  const book = useQuery({
    queryKey: ["prices"],
    queryFn: ({ signal }) => api.prices({}, signal),
    // A new book comes with a new deployment.
    staleTime: 300_000,
  });
  const wanted = readPriceSearch(search);
  const opened = new URLSearchParams(search).get(OPENED);
  const model = book.data?.models.find((each) => modelKey(each) === opened);

  function change(changes: Record<string, string | null>) {
    navigate(hrefChanged(PRICES_PATH, search, changes), { replace: true });
  }

  return (
    <>
      <PageHeading title="Prices" />
      <p className="muted">
        The book that events are priced by, US dollars. Events keep the price they were booked with.
      </p>
      <div className="price-search card" role="search" aria-label="Search the price book">
        <label className="field">
          <span className="label">Model</span>
          <input
            type="search"
            placeholder="Any part of its name"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={wanted.text}
            onChange={({ target: { value } }) => change({ q: value, model: null })}
          />
        </label>
        <label className="field">
          <span className="label">Provider</span>
          <select
            value={wanted.provider}
            onChange={({ target: { value } }) => change({ provider: value })}
          >
            <option value="">All providers</option>
            {providersOf(book.data, wanted.provider).map((name) => (
              <option key={name} value={name}>
                {providerLabel(name)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Panel
        title="Models"
        query={book}
        failed="The price book could not be loaded."
        height={24}
        note={({ version, sources }) => (
          <>
            <span>
              Version <strong>{version}</strong>
            </span>
            <span>Sources: {sources.join("; ")}</span>
          </>
        )}
      >
        {(data) => {
          const { models } = findPrices(data, wanted);
          return models.length === 0 ? (
            <Empty title="No model of the book has such a name">
              <p>
                Calls of models that are not in the book are booked as unpriced, and can be priced
                anew once they are.
              </p>
            </Empty>
          ) : (
            <>
              <p className="muted" role="status">
                {countOf(models.length, "model")}, dollars for a million tokens
              </p>
              <ModelTable
                models={models}
                onOpen={(each) =>
                  navigate(hrefChanged(PRICES_PATH, search, { [OPENED]: modelKey(each) }))
                }
              />
            </>
          );
        }}
      </Panel>
      <Panel
        title="Tiers, speeds and places"
        query={book}
        failed="The terms could not be loaded."
        height={8}
      >
        {(data) => {
          const { terms } = findPrices(data, wanted);
          return terms.length === 0 ? (
            <Empty title="No terms for these models" />
          ) : (
            <TermsTable terms={terms} />
          );
        }}
      </Panel>
      <Panel
        title="Known to have no price"
        query={book}
        failed="What has no price could not be loaded."
        height={8}
      >
        {(data) => {
          const { unpriced } = findPrices(data, wanted);
          return unpriced.length === 0 ? (
            <Empty title="Nothing of these models is known to have no price" />
          ) : (
            <UnpricedTable unpriced={unpriced} />
          );
        }}
      </Panel>
      {model !== undefined && (
        <ModelDrawer
          model={model}
          terms={findPrices(book.data!, { provider: model.provider, text: model.names[0]! }).terms}
          onClosed={() => change({ [OPENED]: null })}
        />
      )}
    </>
  );
}

/** What is chosen is offered too: the address may name one that the book does not have. */
function providersOf(book: PriceBook | undefined, chosen: string): string[] {
  const all = new Set(book?.models.map(({ provider }) => provider as string));
  if (chosen !== "") {
    all.add(chosen);
  }
  return [...all].sort();
}
