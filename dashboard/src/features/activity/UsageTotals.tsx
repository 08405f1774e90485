import type { ReactNode } from "react";
import type { EventQuery, UsageSummary } from "../../api/types";
import { costOfSum } from "../../format/cost";
import { countOf, formatCount } from "../../format/numbers";
import { formatUtcMinute } from "../../format/time";
import { Cost } from "../../ui/Cost";
import { ErrorPanel } from "../../ui/ErrorPanel";
import { Skeleton } from "../../ui/Skeleton";
import { cachedTokens } from "../../usage/Figures";
import { Watermark } from "../../ui/Watermark";
import { useUsageSummary } from "./useUsageSummary";

interface Props {
  query: EventQuery;
  /** Whether the list below is filtered by what the sums can't be filtered by. */
  ignoresStates: boolean;
}

export function UsageTotals({ query, ignoresStates }: Props) {
  const summary = useUsageSummary(query);
  return (
    <section aria-label="Totals" className="totals" aria-busy={summary.isPending}>
      {summary.data !== undefined ? (
        <>
          <Figures summary={summary.data} />
          <p className="totals-note">
            <span>{coverage(summary.data)}</span>
            {ignoresStates && (
              <span className="warning-text">
                of every call, usage, cost, quarantine and source: only the list is filtered by
                these
              </span>
            )}
            <Watermark at={summary.data.updated_at} />
            {summary.isError && <span className="stale">could not be updated</span>}
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
  const cached = cachedTokens(summary);
  const reasoning = summary.tokens?.["reasoning"] ?? 0;
  const cost = costOfSum(summary);
  const why = cost.kind === "unknown" || cost.kind === "amount" ? cost.why : null;
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
      <Figure
        label="Cost"
        value={cost.kind === "unknown" ? "Not known" : <Cost sum={summary} />}
        note={why !== null && <span className="warning-text">{why}</span>}
      />
    </dl>
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

/** What is odd about some of the events, other than their cost. */
function doubts({ quarantined_events, call_status }: UsageSummary): ReactNode {
  const unaccounted = call_status["unaccounted"] ?? 0;
  const said = [
    quarantined_events > 0 && `${formatCount(quarantined_events)} quarantined`,
    unaccounted > 0 && countOf(unaccounted, "call unaccounted", "calls unaccounted"),
  ].filter((each) => each !== false);
  return said.length > 0 && <span className="warning-text">{said.join(", ")}</span>;
}

function coverage({ from, to }: UsageSummary): string {
  return `${formatUtcMinute(from)} to ${formatUtcMinute(to)} UTC (whole hours)`;
}
