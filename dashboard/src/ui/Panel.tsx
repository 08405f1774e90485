import { useId, type ReactNode } from "react";
import { Boundary } from "./Boundary";
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
  /** In place of everything, where it is known beforehand that there will be nothing. */
  instead?: ReactNode | null;
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
  const busy = data === undefined && !query.isError && !props.instead;
  return (
    <section className="panel card" aria-labelledby={titleId} aria-busy={busy}>
      <header className="panel-header">
        <h2 id={titleId}>{title}</h2>
        {data !== undefined && actions && (
          <div className="panel-actions">
            <Drawn data={data} draw={actions} quietly />
          </div>
        )}
      </header>
      <PanelBody {...props} />
      {data !== undefined && (note || query.isError) && (
        <footer className="panel-note">
          {note && <Drawn data={data} draw={note} quietly />}
          {query.isError && <NotUpdated query={query} />}
        </footer>
      )}
    </section>
  );
}

function PanelBody<T>({ title, query, failed, height, instead, empty, children }: Props<T>) {
  if (instead) {
    return <div className="panel-body">{instead}</div>;
  }
  if (query.data !== undefined) {
    return (
      <div className="panel-body">
        <Drawn data={query.data} draw={(data) => empty?.(data) ?? children(data)} />
      </div>
    );
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

interface DrawnProps<T> {
  data: T;
  draw: (data: T) => ReactNode;
  quietly?: boolean;
}

/** What can't be drawn fails within the panel, and says so once. */
function Drawn<T>({ quietly = false, ...drawn }: DrawnProps<T>) {
  return (
    <Boundary of={drawn.data} quietly={quietly}>
      <Draw {...drawn} />
    </Boundary>
  );
}

function Draw<T>({ data, draw }: DrawnProps<T>) {
  return draw(data);
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
