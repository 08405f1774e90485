import type { BreakdownQuery, EventQuery } from "../api/types";
import { formatCount } from "../format/numbers";
import { Change } from "../ui/Change";
import { None } from "../ui/None";
import { Figure } from "./Figures";
import { whyNotKept } from "./kept";
import { useBreakdown } from "./useUsage";

/** As many groups as the API says in one answer. */
const MOST = 1000;

interface Props {
  label: string;
  group: BreakdownQuery["group_by"];
  query: EventQuery & { from: string; to: string };
}

/** How many customers or users made a call, beside those of the equal time before. */
export function ActiveCount({ label, group, query }: Props) {
  const length = Date.parse(query.to) - Date.parse(query.from);
  const before = {
    ...query,
    from: new Date(Date.parse(query.from) - length).toISOString().replace(".000Z", "Z"),
    to: query.from,
  };
  const asked = { group_by: group, limit: String(MOST) };
  const now = useBreakdown({ ...query, ...asked });
  const then = useBreakdown({ ...before, ...asked });
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
  const count = now.data.rows.length;
  const comparable = then.data !== undefined && !then.data.more && !now.data.more;
  return (
    <Figure
      label={label}
      value={`${formatCount(count)}${now.data.more ? "+" : ""}`}
      notes={[comparable && <Change now={String(count)} before={String(then.data.rows.length)} />]}
    />
  );
}
