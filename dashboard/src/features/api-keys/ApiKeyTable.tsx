import type { ApiKey } from "../../api/types";
import { formatUtc, formatUtcDay } from "../../format/time";
import { Badge } from "../../ui/Badge";
import { keyStatus } from "./keyStatus";

interface Props {
  keys: readonly ApiKey[];
  onRotate: (key: ApiKey) => void;
  onRevoke: (key: ApiKey) => void;
}

/** As with the events, a narrow screen lays rows out as cards, so the roles are said outright. */
export function ApiKeyTable({ keys, onRotate, onRevoke }: Props) {
  const headings = ["Name", "Key", "Scopes", "Customer", "Created (UTC)", "Created by", "Status"];
  return (
    <div className="table-frame card">
      <table className="key-table" role="table" aria-label="API keys">
        <thead role="rowgroup">
          <tr role="row">
            {headings.map((heading) => (
              <th key={heading} scope="col" role="columnheader">
                {heading}
              </th>
            ))}
            <th scope="col" role="columnheader">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRotate={onRotate} onRevoke={onRevoke} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  apiKey: ApiKey;
  onRotate: (key: ApiKey) => void;
  onRevoke: (key: ApiKey) => void;
}

function KeyRow({ apiKey, onRotate, onRevoke }: RowProps) {
  const status = keyStatus(apiKey, Date.now());
  return (
    <tr role="row" className={status === "active" ? undefined : "ended"}>
      <th scope="row" role="rowheader" className="key-name">
        {apiKey.name}
      </th>
      <td role="cell" data-heading="Key">
        <code>{apiKey.prefix}…</code>
      </td>
      <td role="cell" data-heading="Scopes">
        {apiKey.scopes.join(", ")}
      </td>
      <td role="cell" data-heading="Customer">
        {apiKey.customer_id ? (
          <span className="id">{apiKey.customer_id}</span>
        ) : (
          <span className="muted">all</span>
        )}
      </td>
      <td role="cell" data-heading="Created (UTC)">
        <time dateTime={apiKey.created_at} title={formatUtc(apiKey.created_at)}>
          {formatUtcDay(apiKey.created_at)}
        </time>
      </td>
      <td role="cell" data-heading="Created by">
        {apiKey.created_by ?? <span className="muted">–</span>}
      </td>
      <td role="cell" data-heading="Status">
        <StatusBadge apiKey={apiKey} status={status} />
      </td>
      <td role="cell" className="row-actions">
        {status === "active" && (
          <span className="badges">
            <button type="button" className="button small" onClick={() => onRotate(apiKey)}>
              Rotate<span className="visually-hidden"> {apiKey.name}</span>
            </button>
            <button type="button" className="button small" onClick={() => onRevoke(apiKey)}>
              Revoke<span className="visually-hidden"> {apiKey.name}</span>
            </button>
          </span>
        )}
      </td>
    </tr>
  );
}

function StatusBadge({ apiKey, status }: { apiKey: ApiKey; status: string }) {
  if (status === "revoked") {
    return <Badge text="revoked" tone="bad" reason={since(apiKey.revoked_at)} />;
  }
  if (status === "expired") {
    return <Badge text="expired" tone="warning" reason={since(apiKey.expires_at)} />;
  }
  return apiKey.expires_at ? (
    <Badge text="expiring" tone="warning" reason={until(apiKey.expires_at)} />
  ) : (
    <Badge text="active" tone="good" />
  );
}

function since(time: string | null | undefined): string | null {
  return time ? `since ${formatUtc(time)} UTC` : null;
}

function until(time: string): string {
  return `until ${formatUtc(time)} UTC`;
}
