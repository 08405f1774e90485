import type { Clock, Timer } from "../src/clock.js";

/** Time that passes at once: a wait is over as soon as the process has nothing else to do. */
export class HurriedClock implements Clock {
  /** Every wait so far, in milliseconds. */
  readonly waits: number[] = [];
  #now = Date.parse("2026-07-01T12:00:00Z");

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, call: () => void): Timer {
    this.waits.push(milliseconds);
    const immediate = setImmediate(() => {
      this.#now += milliseconds;
      call();
    });
    return { cancel: () => clearImmediate(immediate) };
  }
}
