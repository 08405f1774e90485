import { useEffect, useMemo, useState } from "react";
import { hrefChanged, hrefKeeping } from "../../address";
import type { CustomerRow } from "../../api/types";
import { Spark } from "../../chart/Spark";
import { formatCount } from "../../format/numbers";
import { formatUtc } from "../../format/time";
import { customerPath, CUSTOMERS_PATH } from "../../paths";
import { rangeQuery } from "../../range/range";
import { useRange } from "../../range/useRange";
import { navigate } from "../../router";
import { SetUp } from "../../setup/SetUp";
import { Choice } from "../../ui/Choice";
import { CsvButton, DataTable, type Column } from "../../ui/DataTable";
import { None } from "../../ui/None";
import { PageHeading } from "../../ui/PageHeading";
import { Empty, Panel } from "../../ui/Panel";
import { Watermark } from "../../ui/Watermark";
import { sumColumns } from "../../usage/sumColumns";
import { useEverSent } from "../../usage/useEverSent";
import { useCustomers } from "../../usage/useUsage";
import "../../usage/usage.css";

const SORTS = [
  { value: "cost", label: "Spend" },
  { value: "events", label: "Calls" },
  { value: "recent", label: "Last seen" },
] as const;

type Sort = (typeof SORTS)[number]["value"];

const FIRST = 50;
const MOST = 1000;
const TYPED_MS = 250;

export function CustomersPage({ search }: { search: string }) {
  const said = useMemo(() => new URLSearchParams(search), [search]);
  const range = useRange(search);
  const sort = SORTS.find(({ value }) => value === said.get("sort"))?.value ?? "cost";
  const prefix = said.get("prefix") ?? "";
  const limit = said.get("rows") === String(MOST) ? MOST : FIRST;
  const customers = useCustomers({
    ...rangeQuery(range),
    sort,
    limit: String(limit),
    ...(prefix === "" ? {} : { prefix }),
  });
  const everSent = useEverSent({
    enabled: prefix === "" && customers.data?.rows.length === 0,
  });
  const columns = useMemo(
    () => columnsOf(search, customers.data?.rows ?? []),
    [search, customers.data],
  );
  if (everSent.data === false) {
    return (
      <>
        <PageHeading title="Customers" />
        <SetUp />
      </>
    );
  }
  return (
    <>
      <PageHeading title="Customers" />
      <div className="choices" role="search" aria-label="Customers">
        <PrefixField prefix={prefix} search={search} />
        <Choice<Sort>
          label="Sort by"
          value={sort}
          options={SORTS}
          onChoose={(value) => navigate(hrefChanged(CUSTOMERS_PATH, search, { sort: value }))}
        />
      </div>
      <Panel
        title="Customers"
        query={customers}
        failed="The customers could not be loaded."
        height={24}
        actions={({ rows }) =>
          rows.length > 0 && <CsvButton name="customers" columns={columns} rows={rows} />
        }
        empty={({ rows }) =>
          rows.length > 0 ? null : prefix === "" ? (
            <Empty title="No customer made a call in this range" />
          ) : (
            <Empty title={`No customer’s id begins with “${prefix}” in this range`}>
              <p>
                <a href={hrefChanged(CUSTOMERS_PATH, search, { prefix: null })}>Show all</a>
              </p>
            </Empty>
          )
        }
        note={({ rows, more, from, to }) => (
          <>
            <span>
              {formatCount(rows.length)} shown{more && ", there are more"}
              {more && limit < MOST && (
                <>
                  {": "}
                  <a href={hrefChanged(CUSTOMERS_PATH, search, { rows: String(MOST) })}>
                    show up to {formatCount(MOST)}
                  </a>
                </>
              )}
            </span>
            <span>
              whole days of UTC, {from.slice(0, 10)} to before {to.slice(0, 10)}
            </span>
            <Watermark at={newest(rows)} />
          </>
        )}
      >
        {({ rows }) => (
          <DataTable
            label="Customers"
            columns={columns}
            rows={rows}
            rowKey={({ customer_id }) => customer_id}
          />
        )}
      </Panel>
    </>
  );
}

function newest(rows: readonly CustomerRow[]): string | null {
  return rows.reduce<string | null>(
    (latest, { sum }) =>
      sum.updated_at !== null && (latest === null || sum.updated_at > latest)
        ? sum.updated_at
        : latest,
    null,
  );
}

function columnsOf(search: string, rows: readonly CustomerRow[]): Column<CustomerRow>[] {
  const { calls, tokensIn, tokensOut, unpriced, cost } = sumColumns(rows);
  return [
    {
      name: "customer_id",
      heading: "Customer",
      cell: ({ customer_id }) => (
        <a
          className="id"
          href={hrefKeeping(customerPath(customer_id), search, { customer_id: null })}
        >
          {customer_id}
        </a>
      ),
      csv: ({ customer_id }) => customer_id,
    },
    {
      name: "spark",
      heading: "Spend by day",
      cell: ({ spark }) => <Spark amounts={spark} />,
    },
    calls,
    tokensIn,
    tokensOut,
    {
      name: "last_seen",
      heading: "Last seen (UTC)",
      cell: ({ last_seen }) => (last_seen === null ? <None /> : formatUtc(last_seen)),
      csv: ({ last_seen }) => last_seen,
    },
    unpriced,
    { ...cost, heading: "Spend" },
  ];
}

/** What is typed becomes the address a moment after the last key. */
function PrefixField({ prefix, search }: { prefix: string; search: string }) {
  const [typed, setTyped] = useState(prefix);
  const [typedOf, setTypedOf] = useState(prefix);
  if (typedOf !== prefix) {
    // Back, forward, "Show all": the field follows the address, unless that followed the field.
    setTypedOf(prefix);
    if (typed.trim() !== prefix) {
      setTyped(prefix);
    }
  }
  useEffect(() => {
    if (typed.trim() === prefix) {
      return;
    }
    const timer = setTimeout(
      () =>
        navigate(hrefChanged(CUSTOMERS_PATH, search, { prefix: typed.trim() }), { replace: true }),
      TYPED_MS,
    );
    return () => clearTimeout(timer);
  }, [typed, prefix, search]);
  return (
    <div className="choice">
      <label htmlFor="customer-prefix">Id begins with</label>
      <input
        id="customer-prefix"
        type="search"
        className="prefix"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
}
