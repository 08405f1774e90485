import { useMemo } from "react";
import { hrefChanged, hrefKeeping } from "../../address";
import type { BreakdownQuery, GroupKey } from "../../api/types";
import { groupFilter } from "../../chart/chart";
import { FilterBar } from "../../filters/FilterBar";
import { filterQuery, readFilters, type FilterName } from "../../filters/filters";
import { ACTIVITY_PATH, ANALYTICS_PATH, customerPath, CUSTOMERS_PATH } from "../../paths";
import { rangeQuery } from "../../range/range";
import { useRange } from "../../range/useRange";
import { PageHeading } from "../../ui/PageHeading";
import { ActiveCount } from "../../usage/ActiveCount";
import { BreakdownPanel } from "../../usage/BreakdownPanel";
import { CostByModel } from "../../usage/CostByModel";
import { LatestEvents } from "../../usage/LatestEvents";
import { MonthPanel } from "../../usage/MonthPanel";
import { Totals } from "../../usage/Totals";
import "../../usage/usage.css";

/** The customer is the page's own: the others may narrow it. */
const FILTERS: readonly FilterName[] = ["user_id", "feature_id", "provider", "model"];

const ROWS = 10;

const GROUPS: readonly { group: BreakdownQuery["group_by"]; title: string; heading: string }[] = [
  { group: "feature", title: "By feature", heading: "Feature" },
  { group: "model", title: "By model", heading: "Model" },
  { group: "user", title: "By user", heading: "User" },
];

export function CustomerPage({ id, search }: { id: string; search: string }) {
  const range = useRange(search);
  const own = useMemo(() => withCustomer(search, id), [search, id]);
  const filters = useMemo(() => readFilters(own), [own]);
  const query = useMemo(
    () => ({ ...rangeQuery(range), ...filterQuery(filters) }),
    [range, filters],
  );
  const path = customerPath(id);

  function narrowed(key: GroupKey): string | null {
    const filter = groupFilter(key);
    return filter && hrefChanged(path, search, filter);
  }

  return (
    <>
      <div className="page-head">
        <div>
          <a href={hrefKeeping(CUSTOMERS_PATH, search, { customer_id: null, user_id: null })}>
            Customers
          </a>
          <PageHeading title={id} />
        </div>
        <span className="page-links">
          <a href={hrefKeeping(ANALYTICS_PATH, own)}>Analytics</a>
          <a href={hrefKeeping(ACTIVITY_PATH, own)}>All events</a>
        </span>
      </div>
      <FilterBar path={path} search={search} names={FILTERS} customer={id} />
      <Totals query={query}>
        <ActiveCount label="Active users" group="user" query={query} limit={ROWS} />
      </Totals>
      <div className="grid">
        <div className="two-thirds">
          <CostByModel path={path} search={search} range={range} filters={filters} />
        </div>
        <div className="third">
          <MonthPanel query={filterQuery(filters)} />
        </div>
        {GROUPS.map(({ group, title, heading }) => (
          <div key={group} className="third">
            <BreakdownPanel
              title={title}
              heading={heading}
              query={{ ...query, group_by: group, limit: String(ROWS) }}
              hrefOf={narrowed}
              more={<a href={hrefKeeping(ANALYTICS_PATH, own, { group })}>All</a>}
            />
          </div>
        ))}
        <div>
          <LatestEvents query={query} allHref={hrefKeeping(ACTIVITY_PATH, own)} />
        </div>
      </div>
    </>
  );
}

/** The address with the page's customer as a filter, as other pages know it. */
function withCustomer(search: string, id: string): string {
  const said = new URLSearchParams(search);
  said.set("customer_id", id);
  return said.toString();
}
