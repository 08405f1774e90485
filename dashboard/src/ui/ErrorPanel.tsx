import { ApiError } from "../api/errors";
import { CopyButton } from "./CopyButton";

interface Props {
  /** What failed, as a sentence. */
  what: string;
  error: Error;
  onRetry: () => void;
  retrying?: boolean;
}

/** The drawn state of a panel whose data could not be had. */
export function ErrorPanel({ what, error, onRetry, retrying = false }: Props) {
  return (
    <div className="state-panel error-panel" role="alert">
      <p className="state-title">{what}</p>
      <ErrorDetails error={error} />
      <button type="button" className="button" onClick={onRetry} aria-disabled={retrying}>
        {retrying ? "Trying…" : "Try again"}
      </button>
    </div>
  );
}

export function ErrorDetails({ error }: { error: Error }) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <>
      <p>{error.message}</p>
      {requestId !== null && (
        <p className="request-id">
          Request id <code>{requestId}</code> <CopyButton text={requestId} what="request id" />
        </p>
      )}
    </>
  );
}
