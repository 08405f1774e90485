import { useMemo } from "react";
import { FilterBar } from "../../filters/FilterBar";
import { useRange } from "../../range/useRange";
import { PageHeading } from "../../ui/PageHeading";
import { ACTIVITY_PATH } from "../../paths";
import { DownloadEvents } from "./DownloadEvents";
import { EventList } from "./EventList";
import { EVENT, eventQuery, listAddress, summaryQuery } from "./filters";
import { OpenedEvent } from "./OpenedEvent";
import { activeStateFilters, StateFilters } from "./StateFilters";
import { UsageTotals } from "./UsageTotals";
import "./activity.css";

export function ActivityPage({ search }: { search: string }) {
  const list = listAddress(search);
  const range = useRange(list);
  const query = useMemo(() => eventQuery(list, range), [list, range]);
  const totals = useMemo(() => summaryQuery(list, range), [list, range]);
  const opened = new URLSearchParams(search).get(EVENT);
  const states = activeStateFilters(list);
  return (
    <>
      <PageHeading title="Activity" />
      <FilterBar
        path={ACTIVITY_PATH}
        search={list}
        own={{ fields: <StateFilters search={list} />, active: states }}
      />
      <UsageTotals query={totals} ignoresStates={states.length > 0} />
      <DownloadEvents key={list} query={query} />
      <EventList key={`list ${list}`} search={list} query={query} opened={opened} />
      {opened !== null && <OpenedEvent key={opened} id={opened} query={query} search={list} />}
    </>
  );
}
