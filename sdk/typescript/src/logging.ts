import type { Clock } from "./clock.js";
import type { Logger } from "./types.js";

const PREFIX = "[OpenMonetize]";

/**
 * The logger that this package writes to: marked lines, and never an exception of the user's.
 *
 * @param target may be asynchronous, whatever its type says
 */
export function safeLogger(target: Logger, debug: boolean): Logger {
  const write = (level: keyof Logger) => (message: string) => {
    // A logger that fails must not fail the app, and there is nowhere else to say it.
    try {
      const written: unknown = target[level](`${PREFIX} ${message}`);
      Promise.resolve(written).catch(() => undefined);
    } catch {
      // See above.
    }
  };
  return {
    debug: debug ? write("debug") : () => {},
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
}

/** Says a thing at most once in a time, with how often it happened. */
export class Seldom {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #say: (count: number, latest: string) => void;
  #saidAt = -Infinity;
  #count = 0;

  constructor(clock: Clock, everyMs: number, say: (count: number, latest: string) => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#say = say;
  }

  happened(latest: string, count = 1): void {
    this.#count += count;
    const now = this.#clock.now();
    if (now - this.#saidAt >= this.#everyMs) {
      this.#saidAt = now;
      const counted = this.#count;
      this.#count = 0;
      this.#say(counted, latest);
    }
  }
}
