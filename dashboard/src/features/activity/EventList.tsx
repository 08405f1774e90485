import { useCallback, useRef } from "react";
import { hrefChanged } from "../../address";
import type { EventQuery } from "../../api/types";
import { countOf } from "../../format/numbers";
import { hrefTo, navigate } from "../../router";
import { SetUp } from "../../setup/SetUp";
import { ErrorPanel } from "../../ui/ErrorPanel";
import { LoadMore } from "../../ui/LoadMore";
import { Skeleton } from "../../ui/Skeleton";
import { Updated } from "../../ui/Updated";
import { ACTIVITY_PATH } from "../../paths";
import { useEverSent } from "../../usage/useEverSent";
import { EventTable } from "./EventTable";
import { EVENT, isFiltered } from "./filters";
import { useActivityEvents } from "./useActivityEvents";

/** Within so many pixels of the page's start, the reader is at the top of the list. */
const TOP_PX = 80;

interface Props {
  search: string;
  query: EventQuery;
  /** The event whose drawer stands over the list. */
  opened: string | null;
}

export function EventList({ search, query, opened }: Props) {
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
    return <Nothing search={search} />;
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
      {events.length > 0 && (
        <EventTable
          events={events}
          onOpen={({ id }) => navigate(hrefChanged(ACTIVITY_PATH, search, { [EVENT]: id }))}
        />
      )}
      <LoadMore shown={countOf(events.length, "event")} what="events" list={list} />
    </section>
  );
}

/** The usual range may be empty long after the first event. */
function Nothing({ search }: { search: string }) {
  const everSent = useEverSent({ enabled: search === "" });
  if (search !== "" || everSent.data === true || everSent.isError) {
    return <NothingMatches search={search} />;
  }
  return everSent.isPending ? <Skeleton label="Loading the events" lines={12} /> : <SetUp />;
}

function NothingMatches({ search }: { search: string }) {
  return (
    <section className="state-panel card">
      <p className="state-title">
        {isFiltered(search) ? "No events match these filters" : "No events in this range"}
      </p>
      <p>Names must match whole, and the range must hold the event.</p>
      {search === "" ? (
        <a className="button" href={hrefTo(ACTIVITY_PATH, "range=90d")}>
          Show the last 90 days
        </a>
      ) : (
        <a className="button" href={hrefTo(ACTIVITY_PATH)}>
          Clear filters and range
        </a>
      )}
    </section>
  );
}
