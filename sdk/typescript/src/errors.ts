/** A read, or a direct report by `ingestEvents`, that did not succeed. Tracking never throws it. */
export class OpenMonetizeError extends Error {
  override readonly name = "OpenMonetizeError";
  /** HTTP status of the answer; undefined where there was none. */
  readonly statusCode: number | undefined;
  /** The answer's JSON, or its text where it is not JSON. */
  readonly response: unknown;

  constructor(message: string, statusCode?: number, response?: unknown, options?: ErrorOptions) {
    super(message, options);
    this.statusCode = statusCode;
    this.response = response;
  }
}
