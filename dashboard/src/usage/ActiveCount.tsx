import type { BreakdownQuery, EventQuery } from "../api/types";
import { formatCount } from "../format/numbers";
import { Change } from "../ui/Change";
import { None } from "../ui/None";
import { Figure } from "./Figures";
import { whyNotKept } from "./kept";
import { useBreakdown } from "./useUsage";

interface Props {
  label: string;
  group: BreakdownQuery["group_by"];
  query: EventQuery & { from: string; to: string };
  /** As many rows as the panel of the same groups asks for: the two then share one call. */
  limit: number;
}

/** How many customers or users made a call, beside those of the equal time before. */
export function ActiveCount({ label, group, query, limit }: Props) {
  const length = Date.parse(query.to) - Date.parse(query.from);
  const before = {
    ...query,
    from: new Date(Date.parse(query.from) - length).toISOString().replace(".000Z", "Z"),
    to: query.from,
  };
  const now = useBreakdown({ ...query, group_by: group, limit: String(limit) });
  const then = useBreakdown({ ...before, group_by: group, limit: "1" });
  const why = whyNotKept(group, query);
  if (why !== null) {
    return <Figure label={label} value={<None said="not known" />} notes={[why]} />;
  }
  if (now.data === undefined) {
    return (
      <Figure
        label={label}
        value={
          <span className="muted" aria-busy={!now.isError}>
            {now.isError ? "—" : "…"}
          </span>
        }
        notes={[now.isError && <span className="warning-text">{now.error.message}</span>]}
      />
    );
  }
  const count = now.data.groups;
  return (
    <Figure
      label={label}
      value={formatCount(count)}
      notes={[then.data && <Change now={String(count)} before={String(then.data.groups)} />]}
    />
  );
}
