import { useId, type ReactNode } from "react";
import { ErrorPanel } from "./ErrorPanel";

/** What of a query's state a panel needs. */
interface Query<T> {
  data: T | undefined;
  error: Error | null;
  isError: boolean;
  isFetching: boolean;
  refetch: () => unknown;
}

interface Props<T> {
  title: string;
  query: Query<T>;
  /** What failed, as a sentence, where it does. */
  failed: string;
  /** The height of the content to come, in rem, so that nothing jumps when it does. */
  height: number;
  /** Beside the title: links, choices, downloads. Only once there are data. */
  actions?: (data: T) => ReactNode;
  /** Below the content: what it covers, how fresh it is. */
  note?: (data: T) => ReactNode;
  /** In place of the content where there is nothing to show. */
  empty?: (data: T) => ReactNode | null;
  children: (data: T) => ReactNode;
}

/**
 * A part of a page that asks for its own data and has its own states: loading, empty, failed, and
 * old data that could not be updated. A failure stays within it.
 */
export function Panel<T>(props: Props<T>) {
  const { title, query, actions, note } = props;
  const titleId = useId();
  const data = query.data;
  return (
    <section className="panel card" aria-labelledby={titleId} aria-busy={data === undefined}>
      <header className="panel-header">
        <h2 id={titleId}>{title}</h2>
        {data !== undefined && actions && <div className="panel-actions">{actions(data)}</div>}
      </header>
      <PanelBody {...props} />
      {data !== undefined && (note || query.isError) && (
        <footer className="panel-note">
          {note?.(data)}
          {query.isError && <NotUpdated query={query} />}
        </footer>
      )}
    </section>
  );
}

function PanelBody<T>({ title, query, failed, height, empty, children }: Props<T>) {
  if (query.data !== undefined) {
    return <div className="panel-body">{empty?.(query.data) ?? children(query.data)}</div>;
  }
  if (query.isError && query.error !== null) {
    return (
      <div className="panel-body">
        <ErrorPanel
          what={failed}
          error={query.error}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      </div>
    );
  }
  return (
    <div className="panel-body" role="status">
      <span className="visually-hidden">Loading: {title}</span>
      <div className="skeleton-block" style={{ height: `${height}rem` }} aria-hidden="true" />
    </div>
  );
}

function NotUpdated<T>({ query }: { query: Query<T> }) {
  return (
    <span className="stale" role="alert">
      Could not be updated: {query.error?.message}{" "}
      <button
        type="button"
        className="button small"
        onClick={() => void query.refetch()}
        aria-disabled={query.isFetching}
      >
        Try again
      </button>
    </span>
  );
}

/** The empty state of a panel. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="state-title">{title}</p>
      {children}
    </div>
  );
}
