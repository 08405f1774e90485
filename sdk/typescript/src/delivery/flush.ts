import type { FailedEvent, FlushReport } from "../types.js";
import type { Entry } from "./spool.js";

/** A flush that waits for the events tracked before it. */
export class Flush {
  readonly #lastSeq: number;
  readonly #done: () => void;
  readonly failed: FailedEvent[];
  #outstanding: number;
  #accepted = 0;
  #duplicates = 0;

  /**
   * @param lastSeq of the last event that it waits for
   * @param outstanding how many it waits for
   * @param failed what failed before, and no report has told yet
   */
  constructor(lastSeq: number, outstanding: number, failed: FailedEvent[], done: () => void) {
    this.#lastSeq = lastSeq;
    this.#outstanding = outstanding;
    this.failed = failed;
    this.#done = done;
  }

  covers(entry: Entry): boolean {
    return entry.seq <= this.#lastSeq;
  }

  settled(outcome: "accepted" | "duplicate" | FailedEvent): void {
    if (outcome === "accepted") {
      this.#accepted++;
    } else if (outcome === "duplicate") {
      this.#duplicates++;
    } else {
      this.failed.push(outcome);
    }
    this.#outstanding--;
    if (this.#outstanding === 0) {
      this.#done();
    }
  }

  /** Waits no longer: what is outstanding is pending. */
  end(): void {
    this.#done();
  }

  report(dropped: number): FlushReport {
    return {
      accepted: this.#accepted,
      duplicates: this.#duplicates,
      failed: this.failed,
      dropped,
      pending: this.#outstanding,
    };
  }
}
