import { useMemo } from "react";
import { hrefKeeping } from "../../address";
import { groupFilter } from "../../chart/chart";
import { FilterBar } from "../../filters/FilterBar";
import { filterQuery, readFilters } from "../../filters/filters";
import { rangeQuery } from "../../range/range";
import { useRange } from "../../range/useRange";
import { SetUp } from "../../setup/SetUp";
import { PageHeading } from "../../ui/PageHeading";
import { ActiveCount } from "../../usage/ActiveCount";
import { BreakdownPanel } from "../../usage/BreakdownPanel";
import { CostByModel } from "../../usage/CostByModel";
import { LatestEvents } from "../../usage/LatestEvents";
import { MonthPanel } from "../../usage/MonthPanel";
import { Totals } from "../../usage/Totals";
import { useEverSent } from "../../usage/useEverSent";
import { useSummary } from "../../usage/useUsage";
import {
  ACTIVITY_PATH,
  ANALYTICS_PATH,
  customerPath,
  CUSTOMERS_PATH,
  OVERVIEW_PATH,
} from "../../paths";
import "../../usage/usage.css";

const TOP = 5;

export function OverviewPage({ search }: { search: string }) {
  const range = useRange(search);
  const filters = useMemo(() => readFilters(search), [search]);
  const query = useMemo(
    () => ({ ...rangeQuery(range), ...filterQuery(filters) }),
    [range, filters],
  );
  const summary = useSummary({ ...query, compare: "previous" });
  const everSent = useEverSent({ enabled: summary.data?.events === 0 });
  const path = OVERVIEW_PATH;

  if (everSent.data === false) {
    return (
      <>
        <PageHeading title="Overview" />
        <SetUp />
      </>
    );
  }
  return (
    <>
      <PageHeading title="Overview" />
      <FilterBar path={path} search={search} />
      <Totals query={query}>
        {filters.customer_id === undefined ? (
          <ActiveCount label="Active customers" group="customer" query={query} limit={TOP} />
        ) : (
          <ActiveCount label="Active users" group="user" query={query} limit={TOP} />
        )}
      </Totals>
      <div className="grid">
        <div className="two-thirds">
          <CostByModel path={path} search={search} range={range} filters={filters} />
        </div>
        <div className="third">
          <MonthPanel query={filterQuery(filters)} />
        </div>
        <div className="half">
          {filters.customer_id === undefined ? (
            <BreakdownPanel
              title="Top customers"
              heading="Customer"
              query={{ ...query, group_by: "customer", limit: String(TOP) }}
              hrefOf={({ customer_id }) =>
                customer_id ? hrefKeeping(customerPath(customer_id), search) : null
              }
              more={<a href={hrefKeeping(CUSTOMERS_PATH, search)}>All customers</a>}
            />
          ) : (
            <BreakdownPanel
              title="Top users"
              heading="User"
              query={{ ...query, group_by: "user", limit: String(TOP) }}
              hrefOf={(key) => {
                const filter = groupFilter(key);
                return filter && hrefKeeping(path, search, filter);
              }}
            />
          )}
        </div>
        <div className="half">
          <BreakdownPanel
            title="Top features"
            heading="Feature"
            query={{ ...query, group_by: "feature", limit: String(TOP) }}
            hrefOf={(key) => {
              const filter = groupFilter(key);
              return filter && hrefKeeping(path, search, filter);
            }}
            more={
              <a href={hrefKeeping(ANALYTICS_PATH, search, { group: "feature" })}>All features</a>
            }
          />
        </div>
        <div>
          <LatestEvents query={query} allHref={hrefKeeping(ACTIVITY_PATH, search)} />
        </div>
      </div>
    </>
  );
}
