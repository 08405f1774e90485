import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext";
import type { Operator } from "../../api/types";
import { formatUtc, formatUtcDay } from "../../format/time";
import { DataTable, type Column } from "../../ui/DataTable";
import { None } from "../../ui/None";
import { Empty, Panel } from "../../ui/Panel";

const COLUMNS: readonly Column<Operator>[] = [
  { name: "name", heading: "Name", cell: ({ name }) => <span className="id">{name}</span> },
  { name: "role", heading: "Role", cell: ({ role }) => role },
  {
    name: "created_at",
    heading: "Since (UTC)",
    cell: ({ created_at }) =>
      created_at === null ? <None said="not known" /> : formatUtcDay(created_at),
  },
  {
    name: "last_sign_in_at",
    heading: "Last signed in (UTC)",
    cell: ({ last_sign_in_at }) =>
      last_sign_in_at === null ? <None said="never" /> : formatUtc(last_sign_in_at),
  },
];

/** Who may sign in to this page. */
export function OperatorsSection() {
  const api = useApi();
  const operators = useQuery({
    queryKey: ["operators"],
    queryFn: ({ signal }) => api.operators(signal),
  });
  return (
    <Panel
      title="Operators"
      query={operators}
      failed="The operators could not be loaded."
      height={6}
      empty={(rows) => (rows.length === 0 ? <Empty title="No operators" /> : null)}
    >
      {(rows) => (
        <DataTable label="Operators" columns={COLUMNS} rows={rows} rowKey={({ name }) => name} />
      )}
    </Panel>
  );
}
