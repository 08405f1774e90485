import type { Clock, Timer } from "../clock.js";
import { Seldom } from "../logging.js";
import type { Platform } from "../platform/platform.js";
import type { Settings } from "../settings.js";
import { send } from "../transport.js";
import type { FailedEvent, FlushReport, Stats } from "../types.js";
import { Flush } from "./flush.js";
import { Queue } from "./queue.js";
import { delay } from "./retry.js";
import type { Entry, Spool } from "./spool.js";
import { type Verdict, verdict } from "./verdict.js";

const BODY_START = '{"events":[';
const BODY_END = "]}";
/** What the server takes in one request. */
const BODY_BYTES = 1_000_000;
const EVENTS_BYTES = BODY_BYTES - BODY_START.length - BODY_END.length;
/** Failures that no report has told yet: beyond so many they are only counted. */
const UNTOLD_AT_MOST = 1000;
/** Characters of a reason. */
const REASON_AT_MOST = 300;

export interface DeliveryParts {
  clock: Clock;
  /** From 0 to 1. */
  random: () => number;
  platform: Platform;
}

/** Part of a batch, and how often it was sent again. */
interface Piece {
  entries: Entry[];
  retries: number;
}

/** Brings events to the server: one request at a time, until each is accepted or refused. */
export class Delivery {
  readonly #settings: Settings;
  readonly #parts: DeliveryParts;
  readonly #headers: Record<string, string>;
  readonly #spool: Spool | undefined;
  readonly #queue = new Queue();
  readonly #flushes = new Set<Flush>();
  readonly #stop = new AbortController();
  readonly #exit = () => void this.#flushAtExit();
  readonly #dropsLog: Seldom;
  readonly #failureLog: Seldom;
  readonly #keyLog: Seldom;
  readonly #retryLog: Seldom;

  #lastSeq = 0;
  /** Events up to this one are to be sent now. */
  #dueSeq = 0;
  #timer: Timer | undefined;
  #running = false;
  #closing: Promise<FlushReport> | undefined;

  #queued = 0;
  /** Of the queued ones, those that count against the bounds. */
  #bounded = 0;
  #boundedBytes = 0;
  #tracked = 0;
  #accepted = 0;
  #duplicates = 0;
  #failed = 0;
  #dropped = 0;
  #droppedTold = 0;
  #untold: FailedEvent[] = [];

  constructor(settings: Settings, parts: DeliveryParts) {
    this.#settings = settings;
    this.#parts = parts;
    const { userAgent } = parts.platform;
    this.#headers = {
      "content-type": "application/json",
      authorization: `Bearer ${settings.apiKey}`,
      ...(userAgent === undefined ? {} : { "user-agent": userAgent }),
    };
    const { logger } = settings;
    const seldom = (everyMs: number, say: (count: number, latest: string) => void) =>
      new Seldom(parts.clock, everyMs, say);
    this.#dropsLog = seldom(10_000, (n, why) => logger.warn(`Dropped ${n} event(s): ${why}`));
    this.#failureLog = seldom(10_000, (n, why) => logger.error(`${n} event(s) failed: ${why}`));
    this.#keyLog = seldom(60_000, (n, why) => logger.error(`${n} event(s) failed: ${why}`));
    this.#retryLog = seldom(10_000, (_, why) => logger.warn(`Sending events failed: ${why}`));
    if (settings.apiKey === undefined) {
      logger.warn("There is no API key: no event will be delivered");
    }
    this.#spool = this.#openSpool();
  }

  /** Takes an event on; it has its id and time already. */
  offer(eventId: string, json: string): void {
    if (this.#closing !== undefined || this.#stop.signal.aborted) {
      this.drop("the client is closed");
      return;
    }
    const bytes = this.#parts.platform.byteLength(json);
    if (bytes > EVENTS_BYTES - 1) {
      this.drop("an event is larger than a request may be");
      return;
    }
    if (
      this.#bounded >= this.#settings.maxQueueSize ||
      this.#boundedBytes + bytes > this.#settings.maxQueueBytes
    ) {
      this.drop("the queue is full");
      return;
    }
    const segment = this.#spool?.append(json, bytes);
    this.#push({ eventId, json, bytes, segment, adopted: false, seq: 0 });
  }

  /** Counts an event that is not taken on. */
  drop(reason: string, events = 1): void {
    this.#dropped += events;
    this.#dropsLog.happened(reason, events);
  }

  stats(): Stats {
    return {
      tracked: this.#tracked,
      accepted: this.#accepted,
      duplicates: this.#duplicates,
      failed: this.#failed,
      dropped: this.#dropped,
      queued: this.#queued,
    };
  }

  /**
   * Sends all events tracked so far, and waits until each is accepted or has failed for good.
   *
   * @param timeout in milliseconds; undefined waits as long as it takes
   */
  flush(timeout: number | undefined): Promise<FlushReport> {
    return new Promise((resolve) => {
      const release = this.#parts.platform.hold();
      let timer: Timer | undefined;
      const done = () => {
        timer?.cancel();
        release();
        this.#flushes.delete(flush);
        const dropped = this.#dropped - this.#droppedTold;
        this.#droppedTold = this.#dropped;
        resolve(flush.report(dropped));
      };
      const flush = new Flush(this.#lastSeq, this.#queued, this.#untold, done);
      this.#untold = [];
      if (this.#queued === 0 || this.#stop.signal.aborted) {
        done();
        return;
      }
      this.#flushes.add(flush);
      if (timeout !== undefined) {
        timer = this.#parts.clock.after(timeout, done);
      }
      this.#sendAll();
    });
  }

  /** Flushes within the shutdown's time limit; what is tracked from now on is dropped. */
  close(): Promise<FlushReport> {
    this.#closing ??= this.flush(this.#settings.shutdownTimeout).then((report) => {
      this.#end();
      return report;
    });
    return this.#closing;
  }

  async #flushAtExit(): Promise<void> {
    const { pending } = await this.flush(this.#settings.shutdownTimeout);
    if (pending > 0) {
      const kept = this.#spool === undefined ? "" : "; the spool keeps them";
      this.#settings.logger.error(`The process ends with ${pending} event(s) undelivered${kept}`);
      this.#end();
    }
  }

  #end(): void {
    this.#timer?.cancel();
    this.#stop.abort();
    // Nothing is settled from now on, however long they would wait.
    [...this.#flushes].forEach((flush) => flush.end());
    this.#parts.platform.atExit.delete(this.#exit);
    this.#spool?.close();
  }

  #openSpool(): Spool | undefined {
    const { spoolDirectory, maxSpoolBytes: maxBytes, logger } = this.#settings;
    const { clock, platform } = this.#parts;
    if (spoolDirectory === undefined) {
      return undefined;
    }
    if (platform.openSpool === undefined) {
      logger.warn("Option spoolDirectory is passed over: there is no disk here");
      return undefined;
    }
    const spool = platform.openSpool(spoolDirectory, { clock, logger, maxBytes });
    spool.adopt(
      (event) => this.#push({ ...event, adopted: true, seq: 0 }),
      (lines) => this.drop("lines of the spool are torn", lines),
    );
    return spool;
  }

  #push(entry: Entry): void {
    entry.seq = ++this.#lastSeq;
    this.#queue.push(entry);
    this.#tracked++;
    if (!entry.adopted) {
      this.#bounded++;
      this.#boundedBytes += entry.bytes;
    }
    if (this.#queued++ === 0) {
      this.#parts.platform.atExit.add(this.#exit);
    }
    this.#wake();
  }

  /**
   * Sends a full batch at once, and what is less when the interval is over. By its bytes one is
   * full at half of what it may weigh, since the next event may not fit.
   */
  #wake(): void {
    const { autoFlush, flushInterval, maxBatchSize, maxQueueSize, maxQueueBytes } = this.#settings;
    if (this.#running || !autoFlush || this.#queue.length === 0 || this.#stop.signal.aborted) {
      return;
    }
    if (
      this.#queue.length >= Math.min(maxBatchSize, maxQueueSize) ||
      this.#boundedBytes >= Math.min(EVENTS_BYTES, maxQueueBytes) / 2
    ) {
      this.#sendAll();
    } else if (flushInterval > 0) {
      this.#timer ??= this.#parts.clock.after(flushInterval, () => this.#sendAll());
    }
  }

  #sendAll(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#dueSeq = this.#lastSeq;
    if (!this.#running) {
      this.#running = true;
      this.#run().catch((error: unknown) => {
        this.#settings.logger.error(`Delivery has stopped: ${describe(error)}`);
      });
    }
  }

  async #run(): Promise<void> {
    // Not within the call that tracks.
    await Promise.resolve();
    while (!this.#stop.signal.aborted && (this.#queue.first()?.seq ?? Infinity) <= this.#dueSeq) {
      await this.#deliver(this.#queue.take(this.#settings.maxBatchSize, EVENTS_BYTES));
    }
    this.#running = false;
    this.#wake();
  }

  /** Until each is settled; those behind wait, so that a server in trouble sees one request. */
  async #deliver(batch: Entry[]): Promise<void> {
    const pieces: Piece[] = [{ entries: batch, retries: 0 }];
    while (true) {
      const piece = pieces.shift();
      if (piece === undefined || this.#stop.signal.aborted) {
        return;
      }
      const next = await this.#try(piece);
      pieces.unshift(...next.filter(({ entries }) => entries.length > 0));
    }
  }

  /** @returns what is to be sent again, after it has waited for the time for it */
  async #try(piece: Piece): Promise<Piece[]> {
    const { entries, retries } = piece;
    const found = await this.#post(entries);
    if (this.#stop.signal.aborted) {
      return [];
    }
    switch (found.kind) {
      case "judged":
        return this.#judged(piece, found);
      case "refused":
        entries.forEach((entry) => this.#fail(entry, found.code, found.reason, true));
        return [];
      case "halve": {
        if (entries.length === 1) {
          this.#fail(entries[0]!, found.code, found.reason, true);
          return [];
        }
        const middle = Math.ceil(entries.length / 2);
        return [
          { entries: entries.slice(0, middle), retries: 0 },
          { entries: entries.slice(middle), retries: 0 },
        ];
      }
      case "retry":
        return this.#again(entries, retries, found.reason, found.retryAfter);
    }
  }

  async #judged(piece: Piece, found: Verdict & { kind: "judged" }): Promise<Piece[]> {
    const rejections = new Map(found.rejections.map((rejection) => [rejection.index, rejection]));
    const again: Entry[] = [];
    let duplicates = found.duplicates;
    let reason: string | undefined;
    for (const [index, entry] of piece.entries.entries()) {
      const rejection = rejections.get(index);
      if (rejection?.retryable) {
        reason = `${rejection.code} ${rejection.reason}`;
        again.push(entry);
      } else if (rejection !== undefined) {
        this.#fail(entry, rejection.code, rejection.reason, true);
      } else if (found.rest === "again") {
        again.push(entry);
      } else {
        this.#settle(entry, duplicates-- > 0 ? "duplicate" : "accepted");
      }
    }
    // Where none is retryable there is nothing to wait for, and there are fewer each time.
    return reason === undefined
      ? [{ entries: again, retries: piece.retries }]
      : this.#again(again, piece.retries, reason, null);
  }

  async #again(
    entries: Entry[],
    retries: number,
    reason: string,
    retryAfter: string | null,
  ): Promise<Piece[]> {
    if (retries >= this.#settings.maxRetries) {
      entries.forEach((entry) => this.#fail(entry, "retries_exhausted", reason, false));
      return [];
    }
    const { clock, random } = this.#parts;
    const wait = delay(retries, retryAfter, clock.now(), random());
    this.#retryLog.happened(reason);
    this.#settings.logger.debug(
      `Retry ${retries + 1} of ${entries.length} event(s) in ${Math.round(wait)} ms: ${reason}`,
    );
    await this.#wait(wait);
    return [{ entries, retries: retries + 1 }];
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#parts.clock.after(milliseconds, () => {
        this.#stop.signal.removeEventListener("abort", stopped);
        resolve();
      });
      const stopped = () => {
        timer.cancel();
        resolve();
      };
      this.#stop.signal.addEventListener("abort", stopped, { once: true });
    });
  }

  async #post(entries: Entry[]): Promise<Verdict> {
    const { apiKey, baseUrl, fetch, timeout, logger } = this.#settings;
    if (apiKey === undefined) {
      return { kind: "refused", code: "no_api_key", reason: "there is no API key" };
    }
    const body = BODY_START + entries.map(({ json }) => json).join(",") + BODY_END;
    const url = `${baseUrl}/v1/events/ingest`;
    try {
      const request = { method: "POST" as const, url, headers: this.#headers, body };
      const answer = await send(fetch, request, timeout, this.#stop.signal);
      logger.debug(`Sent ${entries.length} event(s), ${body.length} characters: ${answer.status}`);
      return verdict(answer, entries.length);
    } catch (error) {
      // A fetch that was given may quote the request in its error.
      const reason = describe(error).replaceAll(apiKey, "(key)");
      return { kind: "retry", reason, retryAfter: null };
    }
  }

  /** @param refused else it may succeed later, and stays in the spool for the next process */
  #fail(entry: Entry, code: string, reason: string, refused: boolean): void {
    const failed: FailedEvent = { eventId: entry.eventId, code, reason };
    const keyIsBad = code === "no_api_key" || code === "UNAUTHORIZED" || code === "FORBIDDEN";
    (keyIsBad ? this.#keyLog : this.#failureLog).happened(`${code} ${reason}`);
    this.#settle(entry, failed, refused && code !== "no_api_key");
  }

  #settle(entry: Entry, outcome: "accepted" | "duplicate" | FailedEvent, leavesSpool = true): void {
    if (entry.segment !== undefined && leavesSpool) {
      this.#spool?.settled(entry.segment);
    }
    if (!entry.adopted) {
      this.#bounded--;
      this.#boundedBytes -= entry.bytes;
    }
    if (--this.#queued === 0) {
      this.#parts.platform.atExit.delete(this.#exit);
    }
    if (outcome === "accepted") {
      this.#accepted++;
    } else if (outcome === "duplicate") {
      this.#duplicates++;
    } else {
      this.#failed++;
    }
    this.#tell(entry, outcome);
  }

  #tell(entry: Entry, outcome: "accepted" | "duplicate" | FailedEvent): void {
    let told = false;
    for (const flush of [...this.#flushes]) {
      if (flush.covers(entry)) {
        told = true;
        flush.settled(outcome);
      }
    }
    if (!told && typeof outcome === "object" && this.#untold.length < UNTOLD_AT_MOST) {
      this.#untold.push(outcome);
    }
  }
}

/** Of a request that failed: addresses and codes, as far as it is an error of the runtime's. */
function describe(error: unknown): string {
  try {
    if (error instanceof Error) {
      // Node says what happened in the cause alone.
      const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
      return `${error.name}: ${error.message}${cause}`.slice(0, REASON_AT_MOST);
    }
  } catch {
    // Errors of an injected fetch may be of any make.
  }
  return "the request failed";
}
