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
  /** Read in its place where there is one, so that an answer without an end can be left. */
  readonly body?: { getReader(): BodyReader } | null | undefined;
  text(): Promise<string>;
}

export interface BodyReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(): Promise<unknown>;
}

/** More than any answer of the API: the largest are pages of 1,000 sums. */
const ANSWER_BYTES_AT_MOST = 16_000_000;

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
 * Sends one request and reads its answer whole. Ends in time also where `fetch` does not heed its
 * signal.
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
  const aborted = new Promise<never>((_, reject) => {
    abort.signal.addEventListener("abort", () => reject(abort.signal.reason as Error));
  });
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
    return await Promise.race([exchange(fetch, request, abort.signal), aborted]);
  } catch (error) {
    throw late ? new TimeoutError(`Request timeout after ${timeout} ms`, { cause: error }) : error;
  } finally {
    clearTimeout(timer);
    cancel?.removeEventListener("abort", onCancel);
  }
}

async function exchange(fetch: Fetch, request: Request, signal: AbortSignal): Promise<Answer> {
  const answer = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    ...(request.body === undefined ? {} : { body: request.body }),
    redirect: "manual",
    signal,
  });
  const text = await textOf(answer);
  return {
    status: answer.status,
    json: parse(text),
    text,
    retryAfter: answer.headers.get("retry-after"),
  };
}

async function textOf(answer: FetchAnswer): Promise<string> {
  if (!answer.body) {
    return answer.text();
  }
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value?.length ?? 0;
    if (bytes > ANSWER_BYTES_AT_MOST) {
      await reader.cancel();
      throw new Error(`The answer has more than ${ANSWER_BYTES_AT_MOST} bytes`);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
