import type { Rerating } from "../../api/types";
import { subtractDecimals } from "../../format/decimal";
import { formatUsd } from "../../format/money";
import { formatCount } from "../../format/numbers";
import { formatUtc, formatUtcMinute } from "../../format/time";
import { Badge } from "../../ui/Badge";
import { CsvButton, DataTable, type Column } from "../../ui/DataTable";
import { Empty, Panel } from "../../ui/Panel";
import { signed } from "./signed";
import { useReratings } from "./usePipeline";

const COLUMNS: readonly Column<Rerating>[] = [
  {
    name: "started_at",
    heading: "Started (UTC)",
    cell: ({ started_at }) => formatUtc(started_at),
    csv: ({ started_at }) => started_at,
  },
  {
    name: "state",
    heading: "State",
    cell: ({ finished_at, dry_run }) => (
      <span className="badges">
        {finished_at === null ? (
          <Badge text="running" tone="warning" reason="Or stopped before its end." />
        ) : (
          <Badge text="finished" tone="good" reason={`at ${formatUtc(finished_at)} UTC`} />
        )}
        {dry_run && <Badge text="dry run" reason="Nothing was changed." />}
      </span>
    ),
    csv: ({ finished_at }) => finished_at,
  },
  {
    name: "covers",
    heading: "Covers (UTC)",
    cell: ({ from, to, customer_id, only_unpriced }) => (
      <span>
        {formatUtcMinute(from)} to {formatUtcMinute(to)}
        <span className="muted">
          {customer_id !== null && `, customer ${customer_id}`}
          {only_unpriced && ", unpriced events only"}
        </span>
      </span>
    ),
    csv: ({ from, to, customer_id }) => `${from}/${to}${customer_id ? ` ${customer_id}` : ""}`,
  },
  {
    name: "price_book",
    heading: "Price book",
    cell: ({ price_book }) => price_book,
    csv: ({ price_book }) => price_book,
  },
  {
    name: "corrected",
    heading: "Corrected",
    numeric: true,
    cell: ({ corrected, events }) => `${formatCount(corrected)} of ${formatCount(events)}`,
    csv: ({ corrected }) => corrected,
  },
  {
    name: "cost_change",
    heading: "Cost before → after",
    numeric: true,
    cell: ({ before_usd, after_usd }) => (
      <span>
        <span title={`$${before_usd}`}>{formatUsd(before_usd)}</span> →{" "}
        <span title={`$${after_usd}`}>{formatUsd(after_usd)}</span>{" "}
        <span className="muted">
          ({signed(formatUsd(subtractDecimals(after_usd, before_usd)))})
        </span>
      </span>
    ),
    csv: ({ before_usd, after_usd }) => `${before_usd} to ${after_usd}`,
  },
  {
    name: "unpriced_change",
    heading: "Unpriced before → after",
    numeric: true,
    cell: ({ unpriced_before, unpriced_after }) =>
      `${formatCount(unpriced_before)} → ${formatCount(unpriced_after)}`,
    csv: ({ unpriced_before, unpriced_after }) => `${unpriced_before} to ${unpriced_after}`,
  },
];

/** The runs that priced booked events anew; each correction keeps what it replaced. */
export function ReratingsPanel() {
  const runs = useReratings();
  return (
    <Panel
      title="Re-rating runs"
      query={runs}
      failed="The re-rating runs could not be loaded."
      height={6}
      actions={(rows) =>
        rows.length > 0 && <CsvButton name="re-ratings" columns={COLUMNS} rows={rows} />
      }
      empty={(rows) =>
        rows.length === 0 ? (
          <Empty title="No events were priced anew">
            <p>When prices change, past events can be priced anew; each such run is told here.</p>
          </Empty>
        ) : null
      }
    >
      {(rows) => (
        <DataTable label="Re-rating runs" columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />
      )}
    </Panel>
  );
}
