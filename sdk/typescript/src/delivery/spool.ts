/** An event as it waits for delivery. */
export interface Entry {
  readonly eventId: string;
  /** The event's JSON. */
  readonly json: string;
  /** Of the JSON in UTF-8. */
  readonly bytes: number;
  /** Where the spool has it; undefined where it has not. */
  readonly segment: Segment | undefined;
  /** Left by a process that ended: it does not count against the queue's bounds. */
  readonly adopted: boolean;
  /** Place in the order of tracking. */
  seq: number;
}

/** A file of the spool. */
export interface Segment {
  readonly file: string;
}

/** Events on disk, so that they survive the process. Nothing here throws. */
export interface Spool {
  /** @returns undefined where the event could not be kept */
  append(json: string, bytes: number): Segment | undefined;
  /** The event is accepted or refused: it need not be kept. */
  settled(segment: Segment): void;
  /** Calls for each event of processes that ended, now and whenever more are found. */
  adopt(found: (event: AdoptedEvent) => void, torn: (lines: number) => void): void;
  /** Leaves what is not settled to the next process. */
  close(): void;
}

export interface AdoptedEvent {
  eventId: string;
  json: string;
  bytes: number;
  segment: Segment;
}
