import { NothingInRange, SeriesPanel } from "../chart/SeriesPanel";
import { filterQuery, type Filters } from "../filters/filters";
import { bucketsFor, chosenBucket, rangeQuery, type Range } from "../range/range";

interface Props {
  /** Of the page that it stands on. */
  path: string;
  search: string;
  range: Range;
  filters: Filters;
}

/** The chart that an overview begins with. */
export function CostByModel({ path, search, range, filters }: Props) {
  return (
    <SeriesPanel
      path={path}
      search={search}
      title="Cost by model"
      query={{
        ...rangeQuery(range),
        ...filterQuery(filters),
        bucket: chosenBucket(search, bucketsFor(range)),
        time_zone: range.timeZone,
        group_by: "model",
        metric: "cost",
      }}
      metric="cost"
      empty={<NothingInRange path={path} />}
    />
  );
}
