import { useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext";
import type { AuditEntry } from "../../api/types";
import { countOf } from "../../format/numbers";
import { formatUtc } from "../../format/time";
import { CsvButton, DataTable, type Column } from "../../ui/DataTable";
import { LoadMore } from "../../ui/LoadMore";
import { None } from "../../ui/None";
import { PageHeading } from "../../ui/PageHeading";
import { Empty, Panel } from "../../ui/Panel";
import { actionWords, detailWords } from "./auditWords";
import "./audit.css";

const PAGE_SIZE = 50;

const COLUMNS: readonly Column<AuditEntry>[] = [
  {
    name: "at",
    heading: "Time (UTC)",
    cell: ({ at }) => <time dateTime={at}>{formatUtc(at)}</time>,
    csv: ({ at }) => at,
  },
  {
    name: "actor",
    heading: "Who",
    cell: ({ actor }) =>
      actor === "" ? (
        <span className="muted">nobody signed in</span>
      ) : (
        <span className="id">{actor}</span>
      ),
    csv: ({ actor }) => actor,
  },
  {
    name: "action",
    heading: "What",
    cell: ({ action }) => <span title={action}>{actionWords(action)}</span>,
    csv: ({ action }) => action,
  },
  {
    name: "subject",
    heading: "To what",
    cell: ({ subject }) => <span className="id">{subject || <None />}</span>,
    csv: ({ subject }) => subject,
  },
  {
    name: "details",
    heading: "Details",
    cell: (entry) => <span className="muted">{detailWords(entry) || <None />}</span>,
    csv: detailWords,
  },
  {
    name: "source_ip",
    heading: "From",
    cell: ({ source_ip }) => <span className="id">{source_ip ?? <None said="not known" />}</span>,
    csv: ({ source_ip }) => source_ip,
  },
];

/** What operators did: a log that is only ever added to. */
export function AuditPage(_: { search: string }) {
  const api = useApi();
  const log = useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ pageParam, signal }) => api.audit({ limit: PAGE_SIZE, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  const entries = log.data?.pages.flatMap((page) => page.data);
  return (
    <>
      <PageHeading title="Audit" />
      <Panel
        title="What operators did, newest first"
        // A page more that fails is told below the list; the list itself is as good as it was.
        query={{ ...log, data: entries, isError: log.isError && !log.isFetchNextPageError }}
        failed="The audit log could not be loaded."
        height={24}
        actions={(rows) =>
          rows.length > 0 && <CsvButton name="audit" columns={COLUMNS} rows={rows} />
        }
        empty={(rows) => (rows.length === 0 ? <Empty title="Nothing was done yet" /> : null)}
      >
        {(rows) => (
          <>
            <DataTable
              label="What operators did"
              columns={COLUMNS}
              rows={rows}
              rowKey={(entry) => JSON.stringify(entry)}
            />
            <LoadMore shown={countOf(rows.length, "entry", "entries")} what="entries" list={log} />
          </>
        )}
      </Panel>
    </>
  );
}
