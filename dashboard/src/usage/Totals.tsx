import type { ReactNode } from "react";
import type { EventQuery } from "../api/types";
import { formatUtcMinute } from "../format/time";
import { ErrorPanel } from "../ui/ErrorPanel";
import { Watermark } from "../ui/Watermark";
import { SumFigures } from "./Figures";
import { useSummary } from "./useUsage";

/** The sums of a range beside those of the equal range before it, and what else `children` adds. */
export function Totals({ query, children }: { query: EventQuery; children?: ReactNode }) {
  const summary = useSummary({ ...query, compare: "previous" });
  if (summary.data !== undefined) {
    const { from, to, updated_at } = summary.data;
    return (
      <section aria-label="Totals" className="totals">
        <dl className="figures">
          <SumFigures summary={summary.data} />
          {children}
        </dl>
        <p className="totals-note">
          <span>
            {formatUtcMinute(from)} to {formatUtcMinute(to)} UTC
          </span>
          <Watermark at={updated_at} />
          {summary.isError && <span className="stale">could not be updated</span>}
        </p>
      </section>
    );
  }
  return (
    <section aria-label="Totals" className="totals" aria-busy={!summary.isError}>
      {summary.isError ? (
        <ErrorPanel
          what="The totals could not be loaded."
          error={summary.error}
          onRetry={() => void summary.refetch()}
          retrying={summary.isFetching}
        />
      ) : (
        <div role="status">
          <span className="visually-hidden">Loading the totals</span>
          <div className="skeleton-block" style={{ height: "7.5rem" }} aria-hidden="true" />
        </div>
      )}
    </section>
  );
}
