import type { LateChange } from "../../api/types";
import { formatUsd } from "../../format/money";
import { formatCount } from "../../format/numbers";
import { formatUtc } from "../../format/time";
import { CsvButton, DataTable, type Column } from "../../ui/DataTable";
import { Empty, Panel } from "../../ui/Panel";
import { hrefToActivity } from "../activity/addresses";
import { signed } from "./signed";
import { useLateChanges } from "./usePipeline";

const COLUMNS: readonly Column<LateChange>[] = [
  {
    name: "day",
    heading: "Day (UTC)",
    cell: ({ day }) => <a href={hrefToActivity({ from: day, to: day })}>{day}</a>,
    csv: ({ day }) => day,
  },
  {
    name: "changes",
    heading: "Changes",
    numeric: true,
    cell: ({ changes }) => formatCount(changes),
    csv: ({ changes }) => changes,
  },
  {
    name: "events",
    heading: "Events, net",
    numeric: true,
    cell: ({ events }) => signed(formatCount(events)),
    csv: ({ events }) => events,
  },
  {
    name: "cost_usd",
    heading: "Cost, net",
    numeric: true,
    cell: ({ cost_usd }) => signed(formatUsd(cost_usd, { digits: 6 })),
    csv: ({ cost_usd }) => cost_usd,
  },
  {
    name: "last_changed_at",
    heading: "Last changed (UTC)",
    cell: ({ last_changed_at }) => formatUtc(last_changed_at),
    csv: ({ last_changed_at }) => last_changed_at,
  },
];

/** The days whose sums are not what they were when the day had closed. */
export function LateChangesPanel() {
  const days = useLateChanges();
  return (
    <Panel
      title="Days changed after they closed"
      query={days}
      failed="The late changes could not be loaded."
      height={6}
      actions={(rows) =>
        rows.length > 0 && <CsvButton name="late-changes" columns={COLUMNS} rows={rows} />
      }
      note={() =>
        "Of the last 30 days. Events count to the day they happened on, however late they come."
      }
      empty={(rows) =>
        rows.length === 0 ? (
          <Empty title="No day was changed after it closed">
            <p>Sums of past days are what they were.</p>
          </Empty>
        ) : null
      }
    >
      {(rows) => (
        <DataTable
          label="Days changed after they closed"
          columns={COLUMNS}
          rows={rows}
          rowKey={({ day }) => day}
        />
      )}
    </Panel>
  );
}
