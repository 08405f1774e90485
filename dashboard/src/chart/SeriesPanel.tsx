import { useMemo, useState, type ReactNode } from "react";
import { hrefChanged, hrefKeeping } from "../address";
import type { Metric, Series, SeriesQuery } from "../api/types";
import { sumDecimals } from "../format/decimal";
import { columnDigits, isZeroUsd } from "../format/money";
import { countOf } from "../format/numbers";
import { edgeText, finer } from "../range/range";
import { hrefTo, navigate } from "../router";
import { CostText } from "../ui/Cost";
import { CsvButton, DataTable, type Column } from "../ui/DataTable";
import { None } from "../ui/None";
import { Empty, Panel } from "../ui/Panel";
import { Watermark } from "../ui/Watermark";
import { chartData, formatAmount, METRICS, type Bar, type ChartData } from "./chart";
import { Legend } from "./Legend";
import { StackedBars } from "./StackedBars";
import { whyNotKept } from "../usage/kept";
import { useSeries } from "../usage/useUsage";

interface Props {
  path: string;
  search: string;
  title: string;
  query: SeriesQuery;
  metric: Metric;
  /** Beside the title, before what the panel has of its own. */
  actions?: ReactNode;
  empty: ReactNode;
}

const NONE: ReadonlySet<string> = new Set();

/** Amounts over time, as a chart or (`view=table` in the address) as a table of the same. */
export function SeriesPanel({ path, search, title, query, metric, actions, empty }: Props) {
  const series = useSeries(query);
  const why = whyNotKept(query.group_by, query);
  const asTable = new URLSearchParams(search).get("view") === "table";
  const [hidden, setHidden] = useState(NONE);
  const data = useMemo(
    () => series.data && chartData(series.data, metric, Date.now()),
    [series.data, metric],
  );

  function toggle(id: string) {
    const next = new Set(hidden);
    if (!next.delete(id)) {
      next.add(id);
    }
    setHidden(next);
  }

  return (
    <Panel
      title={title}
      query={{ ...series, data: data && series.data ? { data, series: series.data } : undefined }}
      failed="The chart could not be loaded."
      height={20}
      instead={why && <Empty title={why} />}
      actions={({ data, series }) => (
        <>
          {actions}
          <a
            className="button small quiet"
            href={hrefChanged(path, search, { view: asTable ? null : "table" })}
          >
            {asTable ? "View as chart" : "View as table"}
          </a>
          <CsvButton
            name={`${metric}-${series.bucket}-${series.from.slice(0, 10)}`}
            columns={seriesColumns(data, series)}
            rows={data.bars.map((_, index) => index)}
          />
        </>
      )}
      empty={({ series }) =>
        series.groups.every(({ total }) => total.events === 0) ? empty : null
      }
      note={({ data, series }) => <Note data={data} series={series} />}
    >
      {({ data, series }) =>
        asTable ? (
          <SeriesTable title={title} data={data} series={series} />
        ) : (
          <Chart
            title={title}
            data={data}
            series={series}
            hidden={hidden}
            onToggle={toggle}
            path={path}
            search={search}
          />
        )
      }
    </Panel>
  );
}

interface ChartProps {
  title: string;
  data: ChartData;
  series: Series;
  hidden: ReadonlySet<string>;
  onToggle: (id: string) => void;
  path: string;
  search: string;
}

function Chart({ title, data, series, hidden, onToggle, path, search }: ChartProps) {
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const shown = useMemo(
    () => ({ ...data, groups: data.groups.filter(({ id }) => !hidden.has(id)) }),
    [data, hidden],
  );
  const single = data.groups.length === 1 && data.groups[0]!.id === "null";
  return (
    <>
      <StackedBars
        label={title}
        data={shown}
        highlighted={highlighted !== null && hidden.has(highlighted) ? null : highlighted}
        drill={{
          says: finer(series.bucket) === null ? "shows its events" : "looks into one",
          onDrill: (bar) => navigate(drillHref(series, data.bars[bar]!, path, search)),
        }}
      />
      {!single && (
        <Legend
          groups={data.groups}
          hidden={hidden}
          onToggle={onToggle}
          onHighlight={setHighlighted}
          format={(amount) => formatAmount(amount, data.metric)}
        />
      )}
    </>
  );
}

/** A bar's own range, one rollup finer; of an hour, its events. */
export function drillHref(series: Series, bar: Bar, path: string, search: string): string {
  const within = { range: null, from: edgeText(bar.start), to: edgeText(bar.end) };
  const rollup = finer(series.bucket);
  return rollup === null
    ? hrefKeeping("/activity", search, within)
    : hrefChanged(path, search, { ...within, rollup });
}

function SeriesTable({ title, data, series }: { title: string; data: ChartData; series: Series }) {
  return (
    <DataTable
      label={title}
      columns={seriesColumns(data, series)}
      rows={data.bars.map((_, index) => index)}
      rowKey={(index) => data.bars[index]!.start}
    />
  );
}

/** A row a bar, a column a group, and their total where there are several. */
function seriesColumns({ bars, groups, metric }: ChartData, series: Series): Column<number>[] {
  const total = (index: number) => sumDecimals(groups.map(({ amounts }) => amounts[index]!));
  const digits = columnDigits(bars.map((_, index) => total(index)));
  const shown = (amount: string, unpriced: number) => (
    <Amount amount={amount} unpriced={unpriced} metric={metric} digits={digits} />
  );
  return [
    {
      name: "start",
      heading: `${series.bucket[0]!.toUpperCase()}${series.bucket.slice(1)} (${series.time_zone})`,
      cell: (index) => bars[index]!.name,
      csv: (index) => bars[index]!.start,
    },
    ...groups.map((group): Column<number> => ({
      name: group.note === null ? group.label : `${group.note} ${group.label}`,
      heading: group.label,
      numeric: true,
      cell: (index) => shown(group.amounts[index]!, group.unpriced[index]!),
      csv: (index) => group.amounts[index]!,
    })),
    ...(groups.length > 1
      ? [
          {
            name: "total",
            heading: "Total",
            numeric: true,
            cell: (index: number) => shown(total(index), bars[index]!.unpriced),
            csv: total,
          },
        ]
      : []),
    ...(metric === "cost"
      ? [
          {
            name: "unpriced_events",
            heading: "Unpriced",
            numeric: true,
            cell: (index: number) => bars[index]!.unpriced || <None />,
            csv: (index: number) => bars[index]!.unpriced,
          },
        ]
      : []),
  ];
}

interface AmountProps {
  amount: string;
  unpriced: number;
  metric: Metric;
  digits: number;
}

/** A bar's part in the table; a dash where there was none, and never $0 for what is not known. */
function Amount({ amount, unpriced, metric, digits }: AmountProps) {
  if (metric !== "cost") {
    return formatAmount(amount, metric);
  }
  const why = `${countOf(unpriced, "call")} without a price`;
  if (isZeroUsd(amount)) {
    return <CostText cost={unpriced > 0 ? { kind: "unknown", why } : { kind: "nothing" }} />;
  }
  const mark = unpriced > 0 ? "at-least" : "exact";
  const cost = { kind: "amount", usd: amount, mark, why: unpriced > 0 ? why : null } as const;
  return <CostText cost={cost} digits={digits} />;
}

function Note({ data, series }: { data: ChartData; series: Series }) {
  const unpriced = data.bars.some((bar) => bar.unpriced > 0);
  return (
    <>
      <span>
        {METRICS[data.metric].label} by the {series.bucket}, {series.time_zone}
      </span>
      {unpriced && <span className="warning-text">▲ holds unpriced calls, not included</span>}
      <Watermark at={series.updated_at} />
    </>
  );
}

/** Why there is nothing to see, for ranges and filters that leave nothing. */
export function NothingInRange({ path }: { path: string }) {
  return (
    <Empty title="No calls in this range with these filters">
      <p>
        <a href={hrefTo(path)}>Show the last 30 days without filters</a>
      </p>
    </Empty>
  );
}
