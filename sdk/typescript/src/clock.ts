/** Time, given from outside so that a test need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after so many milliseconds; a process does not stay alive for it. */
  after(milliseconds: number, call: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** Timers take no more, and fire at once when given it. */
export const LONGEST_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, call) {
    // A number in browsers, an object in Node.
    const timer: unknown = setTimeout(call, Math.min(milliseconds, LONGEST_MS));
    (timer as { unref?: () => void }).unref?.();
    return { cancel: () => clearTimeout(timer as number) };
  },
};
