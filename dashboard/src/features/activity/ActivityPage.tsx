import { useCallback, useMemo, useRef, useState } from "react";
import type { UsageEvent } from "../../api/types";
import { countOf } from "../../format/numbers";
import { ErrorDetails, ErrorPanel } from "../../ui/ErrorPanel";
import { PageHeading } from "../../ui/PageHeading";
import { Skeleton } from "../../ui/Skeleton";
import { Updated } from "../../ui/Updated";
import { EventDrawer } from "./EventDrawer";
import { EventTable } from "./EventTable";
import { FilterForm, hrefToActivity } from "./FilterForm";
import {
  activeFilters,
  eventQuery,
  hasTotals,
  NO_FILTERS,
  readFilters,
  summaryQuery,
} from "./filters";
import { SetUp } from "../../setup/SetUp";
import { UsageTotals } from "./UsageTotals";
import { useActivityEvents } from "./useActivityEvents";
import "./activity.css";

/** Within so many pixels of the page's start, the reader is at the top of the list. */
const TOP_PX = 80;

export function ActivityPage({ search }: { search: string }) {
  const filters = useMemo(() => readFilters(search), [search]);
  const totals = useMemo(() => summaryQuery(filters), [filters]);
  return (
    <>
      <PageHeading title="Activity" />
      <FilterForm filters={filters} />
      {hasTotals(filters) ? (
        <UsageTotals query={totals} ignoresStatus={filters.status !== ""} />
      ) : (
        <section aria-label="Totals" className="totals">
          <p className="totals-note">
            A user belongs to a customer: choose a customer as well to see this user&rsquo;s totals.
          </p>
        </section>
      )}
      <EventList key={search} search={search} />
    </>
  );
}

function EventList({ search }: { search: string }) {
  const filters = useMemo(() => readFilters(search), [search]);
  const query = useMemo(() => eventQuery(filters), [filters]);
  const [opened, setOpened] = useState<UsageEvent | null>(null);
  const reading = useRef(false);
  reading.current = opened !== null;
  const mayMove = useCallback(() => window.scrollY < TOP_PX && !reading.current, []);
  const { list, events, newest, fresh, showNew } = useActivityEvents(query, mayMove);

  function showNewAtTop() {
    showNew();
    window.scrollTo({ top: 0 });
  }

  if (list.isPending) {
    return <Skeleton label="Loading the events" lines={12} />;
  }
  if (list.isError && events.length === 0) {
    return (
      <ErrorPanel
        what="The events could not be loaded."
        error={list.error}
        onRetry={() => void list.refetch()}
        retrying={list.isFetching}
      />
    );
  }
  if (events.length === 0 && !list.hasNextPage) {
    return activeFilters(filters).length === 0 ? <SetUp /> : <NothingMatches />;
  }
  return (
    <section aria-label="Events">
      {newest.isError && (
        <div className="stale-banner" role="alert">
          <span>
            New events can&rsquo;t be loaded: {newest.error.message} The list was{" "}
            <Updated at={newest.dataUpdatedAt} />.
          </span>
          <button
            type="button"
            className="button small"
            onClick={() => void newest.refetch()}
            aria-disabled={newest.isFetching}
          >
            Try again
          </button>
        </div>
      )}
      <div className="new-events" role="status">
        {fresh.count > 0 && (
          <button type="button" className="pill" onClick={showNewAtTop}>
            {fresh.orMore ? `${fresh.count}+ new events` : countOf(fresh.count, "new event")}
          </button>
        )}
      </div>
      {events.length > 0 && <EventTable events={events} onOpen={setOpened} />}
      <LoadMore list={list} shown={events.length} />
      {opened !== null && <EventDrawer event={opened} onClosed={() => setOpened(null)} />}
    </section>
  );
}

function LoadMore({
  list,
  shown,
}: {
  list: ReturnType<typeof useActivityEvents>["list"];
  shown: number;
}) {
  return (
    <div className="load-more">
      <p role="status">
        {countOf(shown, "event")} shown{list.hasNextPage ? "" : ", there are no more"}
      </p>
      {list.isFetchNextPageError && (
        <div role="alert" className="form-error">
          <p>More events could not be loaded.</p>
          <ErrorDetails error={list.error!} />
        </div>
      )}
      {list.hasNextPage && (
        <button
          type="button"
          className="button"
          onClick={() => void list.fetchNextPage()}
          aria-disabled={list.isFetchingNextPage}
        >
          {list.isFetchingNextPage ? "Loading…" : "Load more"}
        </button>
      )}
    </div>
  );
}

function NothingMatches() {
  return (
    <section className="state-panel card">
      <p className="state-title">No events match these filters</p>
      <p>Names must match whole. The days are days of UTC, both included.</p>
      <a className="button" href={hrefToActivity(NO_FILTERS)}>
        Clear filters
      </a>
    </section>
  );
}
