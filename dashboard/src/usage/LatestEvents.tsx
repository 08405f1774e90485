import type { EventQuery, UsageEvent } from "../api/types";
import { callStatus, providerLabel } from "../features/activity/labels";
import { formatCount } from "../format/numbers";
import { formatUtc } from "../format/time";
import { Badge } from "../ui/Badge";
import { Cost } from "../ui/Cost";
import { DataTable, type Column } from "../ui/DataTable";
import { None } from "../ui/None";
import { Empty, Panel } from "../ui/Panel";
import { useLatestEvents } from "./useUsage";

const COLUMNS: readonly Column<UsageEvent>[] = [
  { name: "time", heading: "Time (UTC)", cell: ({ timestamp }) => formatUtc(timestamp) },
  {
    name: "customer",
    heading: "Customer",
    cell: ({ customer_id }) => <span className="id">{customer_id}</span>,
  },
  {
    name: "feature",
    heading: "Feature",
    cell: ({ feature_id }) => <span className="id">{feature_id}</span>,
  },
  {
    name: "model",
    heading: "Model",
    cell: ({ provider, model }) =>
      model === null ? (
        <None />
      ) : (
        <span className="id" title={provider === null ? undefined : providerLabel(provider)}>
          {model}
        </span>
      ),
  },
  {
    name: "tokens",
    heading: "Tokens",
    numeric: true,
    cell: ({ input_tokens, output_tokens }) => formatCount(input_tokens + output_tokens),
  },
  {
    name: "status",
    heading: "Status",
    cell: ({ status }) => {
      const { tone, meaning } = callStatus(status);
      return <Badge text={status} tone={tone} reason={meaning} />;
    },
  },
  {
    name: "cost",
    heading: "Cost",
    numeric: true,
    cell: (event) => <Cost event={event} digits={6} />,
  },
];

/** The newest events, and the way to all. */
export function LatestEvents({ query, allHref }: { query: EventQuery; allHref: string }) {
  const events = useLatestEvents(query);
  return (
    <Panel
      title="Latest events"
      query={events}
      failed="The latest events could not be loaded."
      height={16}
      actions={() => <a href={allHref}>All events</a>}
      empty={({ data }) => (data.length === 0 ? <Empty title="No events in this range" /> : null)}
    >
      {({ data }) => (
        <DataTable
          label="Latest events"
          columns={COLUMNS}
          rows={data}
          rowKey={({ id, received_at }) => `${id} ${received_at}`}
        />
      )}
    </Panel>
  );
}
