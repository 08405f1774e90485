import { ApiError, NoAnswerError } from "./errors";

export type Method = "GET" | "POST" | "DELETE";

export interface Call {
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Sends one call and returns its JSON, or null when the answer has no body. `path` is relative, so
 * that the page works below any path.
 */
export async function send(
  fetchIt: typeof fetch,
  method: Method,
  path: string,
  { body, signal }: Call = {},
): Promise<unknown> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (method !== "GET") {
    // A page of another origin cannot set this header without asking the server first.
    headers["x-om-csrf"] = "1";
  }
  if (body !== undefined) {
    headers["content-type"] = "application/json";
  }
  let response: Response;
  let text: string;
  try {
    response = await fetchIt(path, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    text = await response.text();
  } catch (cause) {
    signal?.throwIfAborted();
    throw new NoAnswerError(cause);
  }
  const json = text === "" ? null : parseJson(text);
  if (!response.ok) {
    throw apiError(response, json);
  }
  if (json === undefined) {
    throw new ApiError(response.status, "NOT_JSON", "The answer is not JSON.", null, null);
  }
  return json;
}

/**
 * Asks for one part of a download. `nextCursor` is null when it was the last. The answer is text, but
 * an error is JSON as everywhere.
 */
export async function sendForCsv(
  fetchIt: typeof fetch,
  path: string,
  signal: AbortSignal,
): Promise<{ text: string; nextCursor: string | null }> {
  let response: Response;
  let text: string;
  try {
    response = await fetchIt(path, {
      method: "GET",
      headers: { accept: "text/csv" },
      credentials: "same-origin",
      cache: "no-store",
      signal,
    });
    text = await response.text();
  } catch (cause) {
    signal.throwIfAborted();
    throw new NoAnswerError(cause);
  }
  if (!response.ok) {
    throw apiError(response, parseJson(text));
  }
  return { text, nextCursor: response.headers.get("x-om-next-cursor") };
}

/** `undefined` when the text is no JSON: a gateway in between may answer with a page of its own. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function apiError(response: Response, json: unknown): ApiError {
  const said = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError(
    response.status,
    typeof said["error"] === "string" ? said["error"] : `HTTP_${response.status}`,
    typeof said["message"] === "string"
      ? said["message"]
      : `The server answered with status ${response.status}.`,
    typeof said["request_id"] === "string"
      ? said["request_id"]
      : // An answer of the HTTP API itself (a timeout, say) carries the id in this header only.
        response.headers.get("apigw-requestid"),
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}
