import type { Logger } from "../types.js";
import type { Clock } from "../clock.js";
import type { Spool } from "../delivery/spool.js";

/** What differs between Node and a browser or Worker. */
export interface Platform {
  /** Sent with requests; undefined where the runtime sends its own. */
  readonly userAgent: string | undefined;
  /** Undefined where there is no such variable, no environment, or no permission to read it. */
  env(name: string): string | undefined;
  newId(): string;
  /** Length in UTF-8. */
  byteLength(text: string): number;
  /** Keeps the process alive until the function it gives back is called. */
  hold(): () => void;
  /** Tasks for the moment at which the process has nothing else to do. */
  readonly atExit: ExitTasks;
  /** Undefined where there is no disk. */
  readonly openSpool: ((directory: string, parts: SpoolParts) => Spool) | undefined;
}

export interface ExitTasks {
  add(task: () => void): void;
  delete(task: () => void): void;
}

export interface SpoolParts {
  clock: Clock;
  logger: Logger;
  maxBytes: number;
}
