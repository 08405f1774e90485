import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Clock, Timer } from "../clock.js";
import { randomUUID } from "node:crypto";
import type { AdoptedEvent, Segment, Spool } from "../delivery/spool.js";
import { Seldom } from "../logging.js";
import type { SpoolParts } from "../platform/platform.js";
import type { Logger } from "../types.js";
import { isAbandoned, OWNER_FILE, writeOwner } from "./owner.js";

const ENDING = ".jsonl";
const SEGMENT_BYTES = 1_000_000;
const SIGN_OF_LIFE_MS = 30_000;

interface File extends Segment {
  bytes: number;
  /** How many of its events are not settled. */
  waiting: number;
}

/**
 * Events on disk: each client has a folder of its own in the spool's folder, and in it files of
 * one event a line. A file is deleted when all its events are settled. What is written survives
 * the death of the process, not that of the machine: there is no fsync.
 */
export class NodeSpool implements Spool {
  readonly #root: string;
  readonly #own: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #maxBytes: number;
  readonly #trouble: Seldom;
  readonly #files = new Map<string, File>();
  #open: { file: File; descriptor: number } | undefined;
  #bytes = 0;
  #made = 0;
  #timer: Timer | undefined;
  #closed = false;

  constructor(root: string, parts: SpoolParts) {
    this.#root = root;
    this.#own = join(root, `${process.pid}-${randomUUID()}`);
    this.#clock = parts.clock;
    this.#logger = parts.logger;
    this.#maxBytes = parts.maxBytes;
    this.#trouble = new Seldom(parts.clock, 10_000, (count, why) =>
      parts.logger.warn(`The spool could not do its work ${count} time(s): ${why}`),
    );
    this.#attempt(() => this.#makeFolder());
  }

  append(json: string, bytes: number): Segment | undefined {
    if (this.#bytes + bytes + 1 > this.#maxBytes) {
      this.#trouble.happened("it is full; events are kept in memory alone");
      return undefined;
    }
    return this.#attempt(() => {
      const { file, descriptor } = this.#segment();
      try {
        writeWhole(descriptor, Buffer.from(`${json}\n`));
      } catch (error) {
        // The next event must not go on in the middle of this one's line.
        this.#closeSegment();
        if (file.waiting === 0) {
          this.#delete(file);
        }
        throw error;
      }
      file.waiting++;
      file.bytes += bytes + 1;
      this.#bytes += bytes + 1;
      if (file.bytes >= SEGMENT_BYTES) {
        this.#closeSegment();
      }
      return file;
    });
  }

  settled(segment: Segment): void {
    const file = this.#files.get(segment.file);
    if (file === undefined || --file.waiting > 0) {
      return;
    }
    this.#attempt(() => {
      if (this.#open?.file === file) {
        this.#closeSegment();
      }
      this.#delete(file);
    });
  }

  adopt(found: (event: AdoptedEvent) => void, torn: (lines: number) => void): void {
    this.#attempt(() => this.#adoptAll(found, torn));
    this.#timer = this.#clock.after(SIGN_OF_LIFE_MS, () => {
      if (!this.#closed) {
        const now = new Date(this.#clock.now());
        this.#attempt(() => utimesSync(join(this.#own, OWNER_FILE), now, now));
        this.adopt(found, torn);
      }
    });
  }

  close(): void {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#timer?.cancel();
    this.#attempt(() => {
      this.#closeSegment();
      // Without its owner's file anyone may adopt what is left.
      rmSync(join(this.#own, OWNER_FILE), { force: true });
      removeIfEmpty(this.#own);
    });
  }

  /** Appears with its owner's file in it: without one it would be taken for abandoned. */
  #makeFolder(): void {
    const unborn = join(this.#root, `.${randomUUID()}`);
    mkdirSync(unborn, { recursive: true, mode: 0o700 });
    writeOwner(unborn);
    renameSync(unborn, this.#own);
  }

  #segment(): { file: File; descriptor: number } {
    if (this.#open === undefined) {
      const path = this.#newPath();
      let descriptor: number;
      try {
        descriptor = openSync(path, "ax", 0o600);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
          throw error;
        }
        // Taken for dead and adopted, or removed by hand.
        this.#makeFolder();
        descriptor = openSync(path, "ax", 0o600);
      }
      const file: File = { file: path, bytes: 0, waiting: 0 };
      this.#files.set(path, file);
      this.#open = { file, descriptor };
    }
    return this.#open;
  }

  #closeSegment(): void {
    if (this.#open !== undefined) {
      const { descriptor } = this.#open;
      this.#open = undefined;
      closeSync(descriptor);
    }
  }

  #delete(file: File): void {
    this.#files.delete(file.file);
    this.#bytes -= file.bytes;
    unlinkSync(file.file);
  }

  #newPath(): string {
    return join(this.#own, `${String(++this.#made).padStart(9, "0")}${ENDING}`);
  }

  #adoptAll(found: (event: AdoptedEvent) => void, torn: (lines: number) => void): void {
    for (const name of readdirSync(this.#root)) {
      const folder = join(this.#root, name);
      if (
        !name.startsWith(".") &&
        folder !== this.#own &&
        isFolder(folder) &&
        isAbandoned(folder, this.#clock.now())
      ) {
        this.#attempt(() => this.#adoptFolder(folder, found, torn));
      }
    }
  }

  #adoptFolder(
    folder: string,
    found: (event: AdoptedEvent) => void,
    torn: (lines: number) => void,
  ): void {
    const names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
    for (const name of names.sort()) {
      const theirs = join(folder, name);
      const bytes = statSync(theirs, { throwIfNoEntry: false })?.size ?? 0;
      if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes) {
        // More than is allowed at a time: tried again with the next sign of life.
        return;
      }
      const path = this.#newPath();
      if (take(theirs, path)) {
        this.#read(path, bytes, found, torn);
      }
    }
    rmSync(join(folder, OWNER_FILE), { force: true });
    removeIfEmpty(folder);
  }

  #read(
    path: string,
    bytes: number,
    found: (event: AdoptedEvent) => void,
    torn: (lines: number) => void,
  ): void {
    const lines = readFileSync(path, "utf8").split("\n");
    if (lines.at(-1) === "") {
      lines.pop();
    }
    const events = lines.map((line) => ({ line, eventId: eventIdOf(line) }));
    const whole = events.filter(({ eventId }) => eventId !== undefined);
    if (whole.length < events.length) {
      torn(events.length - whole.length);
    }
    if (whole.length === 0) {
      unlinkSync(path);
      return;
    }
    const file: File = { file: path, bytes, waiting: whole.length };
    this.#files.set(path, file);
    this.#bytes += bytes;
    this.#logger.info(`Found ${whole.length} event(s) of a process that ended`);
    for (const { line, eventId } of whole) {
      found({ eventId: eventId!, json: line, bytes: Buffer.byteLength(line), segment: file });
    }
  }

  /** A disk that fails costs the safety that it gave, not the event and not the app. */
  #attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#trouble.happened(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}

function writeWhole(descriptor: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(descriptor, bytes, written);
  }
}

/** @returns false where another process was first */
function take(theirs: string, ours: string): boolean {
  try {
    renameSync(theirs, ours);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return false;
    }
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "ENOENT") {
      throw error;
    }
  }
}

function eventIdOf(line: string): string | undefined {
  try {
    const id: unknown = JSON.parse(line)?.event_id;
    return typeof id === "string" ? id : undefined;
  } catch {
    return undefined;
  }
}
