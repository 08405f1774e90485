import { LONGEST_MS } from "./clock.js";

/** What is used of `fetch`. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string;
    redirect: "manual";
    signal: AbortSignal;
  },
) => Promise<FetchAnswer>;

export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface Answer {
  status: number;
  /** The body as JSON; undefined where it is not JSON. */
  json: unknown;
  text: string;
  retryAfter: string | null;
}

export interface Request {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** Thrown when the answer did not come whole in time. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}

/**
 * Sends one request and reads its answer whole.
 *
 * @param timeout for both, in milliseconds; 0 waits for ever
 * @param cancel ends the request early
 */
export async function send(
  fetch: Fetch,
  request: Request,
  timeout: number,
  cancel?: AbortSignal,
): Promise<Answer> {
  const abort = new AbortController();
  let late = false;
  const onCancel = () => abort.abort();
  const timer =
    timeout > 0
      ? setTimeout(
          () => {
            late = true;
            abort.abort();
          },
          Math.min(timeout, LONGEST_MS),
        )
      : undefined;
  cancel?.addEventListener("abort", onCancel);
  if (cancel?.aborted) {
    onCancel();
  }
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: "manual",
      signal: abort.signal,
    });
    const text = await answer.text();
    return {
      status: answer.status,
      json: parse(text),
      text,
      retryAfter: answer.headers.get("retry-after"),
    };
  } catch (error) {
    throw late ? new TimeoutError(`Request timeout after ${timeout} ms`, { cause: error }) : error;
  } finally {
    clearTimeout(timer);
    cancel?.removeEventListener("abort", onCancel);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
