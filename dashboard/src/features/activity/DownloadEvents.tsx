import { useEffect, useRef, useState } from "react";
import { useApi } from "../../api/ApiContext";
import type { EventQuery } from "../../api/types";
import { downloadCsv } from "../../format/csv";
import { countOf } from "../../format/numbers";
import { fetchAllParts, type DownloadProgress } from "./eventsDownload";

type State =
  | { kind: "idle" }
  | { kind: "running"; progress: DownloadProgress; cancel: () => void }
  | { kind: "saved"; rows: number }
  | { kind: "failed"; message: string };

/** Saves all events that the filters match, not only those that are listed, as one CSV file. */
export function DownloadEvents({ query }: { query: EventQuery }) {
  const api = useApi();
  const [state, setState] = useState<State>({ kind: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function download() {
    const control = new AbortController();
    running.current = control;
    const show = (progress: DownloadProgress) =>
      setState({ kind: "running", progress, cancel: () => control.abort() });
    show({ rows: 0, characters: 0 });
    try {
      let rows = 0;
      const parts = await fetchAllParts(
        (cursor, signal) => api.eventsCsv(query, cursor, signal),
        control.signal,
        (progress) => {
          rows = progress.rows;
          show(progress);
        },
      );
      downloadCsv("events.csv", parts);
      setState({ kind: "saved", rows });
    } catch (failure) {
      setState(
        control.signal.aborted
          ? { kind: "idle" }
          : { kind: "failed", message: (failure as Error).message },
      );
    }
  }

  return (
    <div className="download">
      <span role="status" className="muted">
        {state.kind === "running" && `${countOf(state.progress.rows, "row")} so far…`}
        {state.kind === "saved" && `${countOf(state.rows, "row")} saved`}
      </span>
      <span role="alert" className="download-failed">
        {state.kind === "failed" && `The download failed: ${state.message}`}
      </span>
      {state.kind === "running" ? (
        <button type="button" className="button small" onClick={state.cancel}>
          Cancel download
        </button>
      ) : (
        <button type="button" className="button small" onClick={() => void download()}>
          Download CSV
        </button>
      )}
    </div>
  );
}
