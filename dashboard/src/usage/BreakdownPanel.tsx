import type { ReactNode } from "react";
import type { Breakdown, BreakdownQuery, BreakdownRow, GroupKey } from "../api/types";
import { groupLabel } from "../chart/chart";
import { changeInTenths, decimalText } from "../format/decimal";
import { formatCount } from "../format/numbers";
import { CsvButton, DataTable, type Column } from "../ui/DataTable";
import { None } from "../ui/None";
import { Empty, Panel } from "../ui/Panel";
import { Watermark } from "../ui/Watermark";
import { knownCost } from "./Figures";
import { isKeptByDayOnly, whyNotKept } from "./kept";
import { sumColumns } from "./sumColumns";
import { useBreakdown } from "./useUsage";

interface Props {
  title: string;
  query: BreakdownQuery;
  /** What the first column is headed by. */
  heading: string;
  /** Where a row leads to; nowhere where it is null. */
  hrefOf: (key: GroupKey) => string | null;
  /** How many rows are shown of those that are asked for. */
  rows?: number;
  /** With all columns and a download. */
  full?: boolean;
  more?: ReactNode;
}

/** The sums of each group, the most expensive first. */
export function BreakdownPanel(props: Props) {
  const { title, query, rows: shown, full = false, more } = props;
  const breakdown = useBreakdown(query);
  const why = whyNotKept(query.group_by, query);
  const rowsOf = (data: Breakdown) => (shown === undefined ? data.rows : data.rows.slice(0, shown));
  return (
    <Panel
      title={title}
      query={breakdown}
      failed={`${title} could not be loaded.`}
      height={full ? 20 : 10}
      instead={why && <Empty title={why} />}
      actions={(data) => (
        <>
          {more}
          {full && data.rows.length > 0 && (
            <CsvButton
              name={`by-${query.group_by}`}
              columns={columns(props, data)}
              rows={rowsOf(data)}
            />
          )}
        </>
      )}
      empty={(data) => (data.rows.length === 0 ? <Empty title="Nothing in this range" /> : null)}
      note={(data) =>
        full ? (
          <>
            {isKeptByDayOnly(query.group_by, query) && <span>whole days of UTC</span>}
            {data.more && <span>The first {formatCount(data.rows.length)}: there are more</span>}
            <Watermark at={data.total.updated_at} />
          </>
        ) : null
      }
    >
      {(data) => (
        <DataTable
          label={title}
          columns={columns(props, data)}
          rows={rowsOf(data)}
          rowKey={({ key }) => JSON.stringify(key)}
        />
      )}
    </Panel>
  );
}

function columns(props: Props, { rows, total }: Breakdown): Column<BreakdownRow>[] {
  const { calls, tokensIn, tokensOut, unpriced, cost } = sumColumns(rows);
  const { heading, hrefOf, full = false } = props;
  const share: Column<BreakdownRow> = {
    name: "share",
    heading: "Share",
    numeric: true,
    cell: ({ sum }) => <Share part={knownCost(sum)} whole={knownCost(total)} />,
  };
  const name: Column<BreakdownRow> = {
    name: "name",
    heading,
    cell: ({ key }) => <GroupName groupKey={key} href={hrefOf(key)} />,
    csv: ({ key }) => groupLabel(key).label,
  };
  if (!full) {
    return [name, calls, share, cost];
  }
  const all: Column<BreakdownRow>[] = [
    name,
    {
      name: "provider",
      heading: "Provider",
      cell: ({ key }) => groupLabel(key).note ?? <None />,
      csv: ({ key }) => key.provider,
    },
    calls,
    tokensIn,
    tokensOut,
    share,
    {
      name: "change",
      heading: "Change",
      numeric: true,
      cell: ({ sum, previous }) =>
        previous ? <ChangeCell now={knownCost(sum)} before={knownCost(previous)} /> : <None />,
    },
    cost,
    unpriced,
  ];
  return all.filter((column) => column.name !== "provider" || props.query.group_by === "model");
}

function GroupName({ groupKey, href }: { groupKey: GroupKey; href: string | null }) {
  const { label } = groupLabel(groupKey);
  return href === null ? (
    <span className="id">{label}</span>
  ) : (
    <a className="id" href={href}>
      {label}
    </a>
  );
}

/** `12.3 %`, and a bar of that length behind it. */
function Share({ part, whole }: { part: string; whole: string }) {
  const missing = changeInTenths(whole, part);
  if (missing === null) {
    return <None />;
  }
  const tenths = 1000n + missing;
  return (
    <span className="share">
      <svg className="share-bar" width="48" height="6" aria-hidden="true">
        <rect className="share-ground" width="48" height="6" rx="3" />
        <rect width={(48 * Number(tenths)) / 1000} height="6" rx="3" />
      </svg>
      <span className="share-text">{decimalText(tenths, 1)} %</span>
    </span>
  );
}

function ChangeCell({ now, before }: { now: string; before: string }) {
  const tenths = changeInTenths(before, now);
  if (tenths === null) {
    return <span className="muted">new</span>;
  }
  return (
    <>
      {tenths > 0n ? "+" : ""}
      {decimalText(tenths, 1)} %
    </>
  );
}
