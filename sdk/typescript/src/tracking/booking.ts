import type { OpenMonetize } from "../client.js";
import type { Attribution, Provider, ResponseFacts } from "../types.js";
import type { Merger } from "./merging.js";

/** Whom a call is booked on. */
export interface TrackingContext extends Attribution {
  /** The model as requested, for answers that do not name one. */
  model?: string | undefined;
}

/** What the wrappers need of a client. */
export type TrackingClient = Pick<OpenMonetize, "trackProviderResponse" | "logger">;

/** How the answers of one provider are recognised and merged. */
export interface AnswerKind {
  readonly provider: Provider;

  /** Whether the value is a whole answer that is billed. */
  isAnswer(value: unknown): boolean;

  /** A new merger for one stream. */
  merger(): Merger;
}

/** How a stream ended. */
export type StreamEnd =
  /** The provider closed it. */
  | "closed"
  /** The caller left. */
  | "left"
  /** It threw. */
  | "broken";

const said = new WeakMap<object, Set<string>>();

/** One wrapped call: books what it is shown. Nothing here ever throws. */
export class Booking {
  readonly kind: AnswerKind;
  readonly #client: TrackingClient;
  readonly #context: TrackingContext;

  constructor(client: TrackingClient, kind: AnswerKind, context: TrackingContext) {
    this.#client = client;
    this.kind = kind;
    this.#context = context;
  }

  /** Does something for the sake of tracking that must not fail the call. */
  attempt(track: () => void): void {
    try {
      track();
    } catch (error) {
      // Its message may quote what was being read.
      this.warnOnce(`a call could not be tracked: ${error instanceof Error ? error.name : "?"}`);
    }
  }

  book(answer: unknown, facts: ResponseFacts): void {
    this.attempt(() => {
      const { model, ...who } = this.#context;
      this.#client.trackProviderResponse(who, this.kind.provider, answer, { model, ...facts });
    });
  }

  stream(): StreamBooking {
    return new StreamBooking(this);
  }

  /** Logs a line, once for each client. */
  warnOnce(line: string): void {
    try {
      const lines = said.get(this.#client) ?? new Set();
      if (!lines.has(line)) {
        said.set(this.#client, lines.add(line));
        this.#client.logger.warn(line);
      }
    } catch {
      // There is no client or no logger, and so nobody to tell.
    }
  }
}

/** Books one stream, once, when it has ended. */
export class StreamBooking {
  readonly #call: Booking;
  #merger: Merger;
  #onSettled: (() => void) | undefined;
  #pieces = 0;
  #known = 0;
  #settled = false;

  constructor(call: Booking) {
    this.#call = call;
    this.#merger = call.kind.merger();
  }

  /** What to do once it is settled, such as taking a listener off. */
  onSettled(action: () => void): void {
    this.#onSettled = action;
  }

  /** Whether it has been shown nothing yet. */
  get isEmpty(): boolean {
    return this.#pieces === 0;
  }

  piece(piece: unknown): void {
    if (this.#settled) {
      return;
    }
    this.#call.attempt(() => {
      this.#pieces++;
      if (this.#merger.begins(piece)) {
        this.#book("closed");
        this.#merger = this.#call.kind.merger();
      }
      if (this.#merger.add(piece)) {
        this.#known++;
      }
    });
  }

  end(end: StreamEnd): void {
    if (this.#settled) {
      return;
    }
    this.#settled = true;
    this.#call.attempt(() => this.#onSettled?.());
    if (this.#known > 0 || (this.#pieces === 0 && end !== "broken")) {
      this.#call.attempt(() => this.#book(end));
    } else if (this.#pieces > 0) {
      this.#call.warnOnce("a stream of an unknown kind was not tracked");
    }
  }

  #book(end: StreamEnd): void {
    const cut = !this.#merger.isWhole(end === "closed");
    const hint = this.#merger.hint();
    if (!cut && hint !== undefined) {
      this.#call.warnOnce(hint);
    }
    this.#call.book(this.#merger.answer(), { streamed: true, cut });
  }
}
