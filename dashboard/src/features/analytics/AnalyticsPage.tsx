import { useMemo } from "react";
import { hrefChanged, hrefKeeping } from "../../address";
import type { Bucket, GroupBy, Metric } from "../../api/types";
import { groupFilter, GROUPINGS, METRICS } from "../../chart/chart";
import { NothingInRange, SeriesPanel } from "../../chart/SeriesPanel";
import { FilterBar } from "../../filters/FilterBar";
import { readFilters } from "../../filters/filters";
import { ACTIVITY_PATH, ANALYTICS_PATH } from "../../paths";
import { useRange } from "../../range/useRange";
import { navigate } from "../../router";
import { Choice } from "../../ui/Choice";
import { PageHeading } from "../../ui/PageHeading";
import { BreakdownPanel } from "../../usage/BreakdownPanel";
import { whyNotKept } from "../../usage/kept";
import { breakdownQuery, readView, seriesQuery, type View } from "./view";
import "../../usage/usage.css";

const BUCKET_NAMES: Record<Bucket, string> = {
  hour: "Hour",
  day: "Day",
  week: "Week",
  month: "Month",
};

export function AnalyticsPage({ search }: { search: string }) {
  const range = useRange(search);
  const filters = useMemo(() => readFilters(search), [search]);
  const view = useMemo(() => readView(search, range, filters), [search, range, filters]);
  const series = useMemo(() => seriesQuery(view, range, filters), [view, range, filters]);
  const rows = useMemo(() => breakdownQuery(view, range, filters), [view, range, filters]);
  const path = ANALYTICS_PATH;
  const by = view.group === "none" ? "" : ` by ${GROUPINGS[view.group].toLowerCase()}`;
  return (
    <>
      <div className="page-head">
        <PageHeading title="Analytics" />
        <a href={hrefKeeping(ACTIVITY_PATH, search)}>Show these events</a>
      </div>
      <FilterBar path={path} search={search} />
      <Choices view={view} search={search} hasCustomer={filters.customer_id !== undefined} />
      <SeriesPanel
        path={path}
        search={search}
        title={`${METRICS[view.metric].label}${by}`}
        query={series}
        metric={view.metric}
        empty={<NothingInRange path={path} />}
      />
      {rows !== null && whyNotKept(view.group, rows) === null && (
        <BreakdownPanel
          full
          title={`By ${GROUPINGS[view.group].toLowerCase()}`}
          heading={GROUPINGS[view.group]}
          query={rows}
          hrefOf={(key) => {
            const filter = groupFilter(key);
            return filter && hrefChanged(path, search, filter);
          }}
        />
      )}
    </>
  );
}

interface ChoicesProps {
  view: View;
  search: string;
  hasCustomer: boolean;
}

function Choices({ view, search, hasCustomer }: ChoicesProps) {
  const choose = (name: string) => (value: string) =>
    navigate(hrefChanged(ANALYTICS_PATH, search, { [name]: value }));
  return (
    <div className="choices" role="group" aria-label="What the chart shows">
      <Choice<Metric>
        label="Metric"
        value={view.metric}
        options={(Object.keys(METRICS) as Metric[]).map((value) => ({
          value,
          label: METRICS[value].label,
        }))}
        onChoose={choose("metric")}
      />
      <Choice<GroupBy>
        label="Group by"
        value={view.group}
        options={(Object.keys(GROUPINGS) as GroupBy[]).map((value) => ({
          value,
          label: value === "user" && !hasCustomer ? "User (choose a customer)" : GROUPINGS[value],
          disabled: value === "user" && !hasCustomer,
        }))}
        onChoose={choose("group")}
      />
      <Choice<Bucket>
        label="By the"
        value={view.rollup}
        options={(Object.keys(BUCKET_NAMES) as Bucket[])
          .filter((value) => view.rollups.includes(value))
          .map((value) => ({ value, label: BUCKET_NAMES[value] }))}
        onChoose={choose("rollup")}
      />
    </div>
  );
}
