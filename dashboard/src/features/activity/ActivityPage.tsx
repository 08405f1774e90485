import { useMemo } from "react";
import { FilterBar } from "../../filters/FilterBar";
import { useRange } from "../../range/useRange";
import { PageHeading } from "../../ui/PageHeading";
import { ACTIVITY_PATH } from "./addresses";
import { DownloadEvents } from "./DownloadEvents";
import { EventList } from "./EventList";
import { EVENT, eventQuery, listAddress, readStateFilters, summaryQuery } from "./filters";
import { OpenedEvent } from "./OpenedEvent";
import { StateFilters } from "./StateFilters";
import { UsageTotals } from "./UsageTotals";
import "./activity.css";

export function ActivityPage({ search }: { search: string }) {
  const list = listAddress(search);
  const range = useRange(list);
  const query = useMemo(() => eventQuery(list, range), [list, range]);
  const totals = useMemo(() => summaryQuery(list, range), [list, range]);
  const opened = new URLSearchParams(search).get(EVENT);
  const byState = Object.keys(readStateFilters(search)).length > 0;
  return (
    <>
      <PageHeading title="Activity" />
      <div className="activity-filters">
        <FilterBar path={ACTIVITY_PATH} search={list} />
        <StateFilters search={list} />
      </div>
      <UsageTotals query={totals} ignoresStates={byState} />
      <DownloadEvents key={list} query={query} />
      <EventList key={`list ${list}`} search={list} query={query} opened={opened} />
      {opened !== null && <OpenedEvent key={opened} id={opened} query={query} search={list} />}
    </>
  );
}
