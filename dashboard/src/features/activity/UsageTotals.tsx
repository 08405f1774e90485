import type { ReactNode } from "react";
import type { EventQuery, UsageSummary } from "../../api/types";
import { formatUsd, isZeroUsd } from "../../format/money";
import { countOf, formatCount } from "../../format/numbers";
import { formatUtcExact, formatUtcMinute } from "../../format/time";
import { ErrorPanel } from "../../ui/ErrorPanel";
import { Skeleton } from "../../ui/Skeleton";
import { Updated } from "../../ui/Updated";
import { useUsageSummary } from "./useUsageSummary";

interface Props {
  query: EventQuery;
  /** Whether the list below is filtered by what the sums can't be filtered by. */
  ignoresStatus: boolean;
}

export function UsageTotals({ query, ignoresStatus }: Props) {
  const summary = useUsageSummary(query);
  return (
    <section aria-label="Totals" className="totals" aria-busy={summary.isPending}>
      {summary.data !== undefined ? (
        <>
          <Figures summary={summary.data} />
          <p className="totals-note">
            {coverage(summary.data)}
            {ignoresStatus && " · calls of every status"} ·{" "}
            <span title={asOf(summary.data)}>
              <Updated at={summary.dataUpdatedAt} />
            </span>
            {summary.isError && <span className="stale"> · could not be updated</span>}
          </p>
        </>
      ) : summary.isError ? (
        <ErrorPanel
          what="The totals could not be loaded."
          error={summary.error}
          onRetry={() => void summary.refetch()}
          retrying={summary.isFetching}
        />
      ) : (
        <Skeleton label="Loading the totals" lines={2} />
      )}
    </section>
  );
}

function Figures({ summary }: { summary: UsageSummary }) {
  const cached = summary.tokens?.["cache_read"] ?? 0;
  const reasoning = summary.tokens?.["reasoning"] ?? 0;
  return (
    <dl className="figures">
      <Figure label="Events" value={formatCount(summary.events)} note={doubts(summary)} />
      <Figure
        label="Input tokens"
        value={formatCount(summary.input_tokens)}
        note={cached > 0 && `${formatCount(cached)} read from cache`}
      />
      <Figure
        label="Output tokens"
        value={formatCount(summary.output_tokens)}
        note={reasoning > 0 && `${formatCount(reasoning)} reasoning`}
      />
      <CostFigure summary={summary} />
    </dl>
  );
}

function CostFigure({ summary }: { summary: UsageSummary }) {
  const unpriced = summary.unpriced_events;
  if (unpriced > 0 && isZeroUsd(summary.cost_usd)) {
    return (
      <Figure
        label="Cost"
        value="Not known"
        note={<span className="warning-text">{countOf(unpriced, "event")} unpriced</span>}
      />
    );
  }
  return (
    <Figure
      label="Cost"
      value={<span title={`$${summary.cost_usd}`}>{formatUsd(summary.cost_usd)}</span>}
      note={
        unpriced > 0 && (
          <span className="warning-text">{countOf(unpriced, "event")} unpriced, not included</span>
        )
      }
    />
  );
}

function Figure({ label, value, note }: { label: string; value: ReactNode; note: ReactNode }) {
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd className="figure-value">{value}</dd>
      {note && <dd className="figure-note">{note}</dd>}
    </div>
  );
}

/** The events whose usage is not the provider's exact word: `2 estimated, 1 missing`. */
function doubts({ usage_status }: UsageSummary): ReactNode {
  const said = ["partial", "estimated", "missing"]
    .map((status) => ({ status, count: usage_status?.[status] ?? 0 }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${formatCount(count)} ${status}`);
  return said.length > 0 && <span className="warning-text">{said.join(", ")}</span>;
}

function coverage({ from, to }: UsageSummary): string {
  if (from && to) {
    return `${formatUtcMinute(from)} to ${formatUtcMinute(to)} UTC (whole hours)`;
  }
  if (from) {
    return `From ${formatUtcMinute(from)} UTC (whole hours)`;
  }
  return to ? `Until ${formatUtcMinute(to)} UTC (whole hours)` : "All time";
}

function asOf({ updated_at }: UsageSummary): string | undefined {
  return updated_at ? `The server's sums as of ${formatUtcExact(updated_at)} UTC` : undefined;
}
