/** The server answered, and the answer is an error. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    /** The stable word of the error, such as `UNAUTHORIZED`. */
    readonly code: string,
    message: string,
    /** What the operator of the system can find the call by; null when the answer named none. */
    readonly requestId: string | null,
    /** How long the server asks to wait, in seconds. */
    readonly retryAfterSeconds: number | null,
  ) {
    super(message);
  }
}

/** No answer came at all: no network, the server is down, the connection broke. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";

  constructor(cause: unknown) {
    super("The server could not be reached.", { cause });
  }
}

/** Whether the same question, asked again, may well be answered. */
export function isWorthRetrying(error: Error): boolean {
  return error instanceof NoAnswerError || (error instanceof ApiError && error.status >= 500);
}
