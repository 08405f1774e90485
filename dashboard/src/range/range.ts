import type { Bucket } from "../api/types";
import { dayAfter, daysBefore, isDay } from "../format/time";
import { dayIn, monthStart, startOfDay } from "./zone";

// The range of time that a page is about, as it stands in the address: `range=7d`, or `from` and `to`
// as days (both included) or as hours (`2026-11-24T10:00Z`, `to` excluded) where somebody drilled
// down. Days are those of the time zone `tz`, UTC where none is given.

export const PRESETS = [
  { name: "today", label: "Today" },
  { name: "7d", label: "Last 7 days" },
  { name: "30d", label: "Last 30 days" },
  { name: "month", label: "This month" },
  { name: "last-month", label: "Last month" },
  { name: "90d", label: "Last 90 days" },
] as const;

export type Preset = (typeof PRESETS)[number]["name"];

export const DEFAULT_PRESET: Preset = "30d";

export interface Range {
  /** Null where from and to were chosen. */
  preset: Preset | null;
  /** RFC 3339, UTC, whole hours. */
  from: string;
  /** Excluded. */
  to: string;
  timeZone: string;
}

const HOUR_MS = 3_600_000;
const HOUR = /^\d{4}-\d{2}-\d{2}T\d{2}:00Z$/;

/** The parameters of the address that say it. */
export const RANGE_PARAMETERS = ["range", "from", "to", "tz"] as const;

export function readRange(search: string, now: Date): Range {
  const said = new URLSearchParams(search);
  const timeZone = readTimeZone(said.get("tz"));
  const chosen = readChosen(said, timeZone, now);
  if (chosen !== null) {
    return { preset: null, ...chosen, timeZone };
  }
  const named = PRESETS.find(({ name }) => name === said.get("range"));
  const preset = named?.name ?? DEFAULT_PRESET;
  return { preset, ...ofPreset(preset, timeZone, now), timeZone };
}

/** A zone that this browser doesn't know can't be reckoned with: UTC then. */
function readTimeZone(said: string | null): string {
  if (said === null || said === "") {
    return "UTC";
  }
  try {
    return new Intl.DateTimeFormat("en", { timeZone: said }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

function readChosen(said: URLSearchParams, timeZone: string, now: Date) {
  const from = readEdge(said.get("from"), (day) => startOfDay(day, timeZone));
  const to = readEdge(said.get("to"), (day) => startOfDay(dayAfter(day), timeZone));
  if (from === null && to === null) {
    return null;
  }
  // Of an address with one of them only, the other is as wide as the range usually is.
  const end = to ?? nextHour(now);
  const start = from ?? hourText(new Date(end).getTime() - 30 * 24 * HOUR_MS);
  return start < end ? { from: start, to: end } : null;
}

function readEdge(said: string | null, ofDay: (day: string) => Date): string | null {
  if (said !== null && isDay(said)) {
    return hourFrom(ofDay(said));
  }
  if (said !== null && HOUR.test(said) && !Number.isNaN(Date.parse(said))) {
    return hourText(Date.parse(said));
  }
  return null;
}

function ofPreset(preset: Preset, timeZone: string, now: Date): { from: string; to: string } {
  const today = dayIn(timeZone, now);
  const start = (day: string) => hourFrom(startOfDay(day, timeZone));
  // Up to the hour that is running: the equal period before it is then as long.
  const to = nextHour(now);
  switch (preset) {
    case "today":
      return { from: start(today), to };
    case "7d":
      return { from: start(daysBefore(today, 6)), to };
    case "30d":
      return { from: start(daysBefore(today, 29)), to };
    case "90d":
      return { from: start(daysBefore(today, 89)), to };
    case "month":
      return { from: start(monthStart(today)), to };
    case "last-month":
      return {
        from: start(monthStart(daysBefore(monthStart(today), 1))),
        to: start(monthStart(today)),
      };
  }
}

function hourText(wholeHour: number): string {
  return `${new Date(wholeHour).toISOString().slice(0, 16)}:00Z`;
}

/**
 * The whole hour of UTC at or after it: sums are kept by those, and where a zone's day begins half an
 * hour off them, the API counts it from the next one.
 */
function hourFrom(moment: Date): string {
  return hourText(Math.ceil(moment.getTime() / HOUR_MS) * HOUR_MS);
}

/** The first day of a range and the last one, both included. */
export function daysOf({ from, to, timeZone }: Range): { first: string; last: string } {
  return {
    first: dayIn(timeZone, new Date(from)),
    last: dayIn(timeZone, new Date(Date.parse(to) - HOUR_MS)),
  };
}

/** Whether it goes from the beginning of a day to the end of one. */
export function isWholeDays(range: Range): boolean {
  const { first, last } = daysOf(range);
  const [from, to] = [first, dayAfter(last)].map((day) =>
    hourFrom(startOfDay(day, range.timeZone)),
  );
  return range.from === from && range.to === to;
}

function nextHour(now: Date): string {
  return hourText((Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS);
}

/** What the API is asked with. */
export function rangeQuery({ from, to }: Range): { from: string; to: string } {
  return { from, to };
}

export function hoursOf({ from, to }: { from: string; to: string }): number {
  return (Date.parse(to) - Date.parse(from)) / HOUR_MS;
}

const FINER: Record<Bucket, Bucket | null> = {
  month: "day",
  week: "day",
  day: "hour",
  hour: null,
};

/** One rollup finer, for looking into a bucket; null below an hour. */
export function finer(bucket: Bucket): Bucket | null {
  return FINER[bucket];
}

/** The most bars that still can be told apart and that the API gives. */
const MOST_BUCKETS = 400;

const BUCKET_HOURS: Record<Bucket, number> = { hour: 1, day: 24, week: 168, month: 720 };

/** The rollups that suit a range, the one to begin with first. */
export function bucketsFor(range: { from: string; to: string }): Bucket[] {
  const all: Bucket[] = ["hour", "day", "week", "month"];
  const length = hoursOf(range);
  const fit = all.filter((bucket) => length / BUCKET_HOURS[bucket] <= MOST_BUCKETS);
  const first: Bucket = length <= 72 ? "hour" : length <= 24 * 100 ? "day" : "week";
  return [first, ...fit.filter((bucket) => bucket !== first)];
}

/** The bucket that the address names, if it is one of these; else the first. */
export function chosenBucket(search: string, buckets: readonly Bucket[]): Bucket {
  const said = new URLSearchParams(search).get("rollup");
  return buckets.find((each) => each === said) ?? buckets[0]!;
}

/** How an hour stands in the address. */
export function edgeText(time: string): string {
  return `${new Date(time).toISOString().slice(0, 13)}:00Z`;
}
