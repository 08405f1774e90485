// Days of a time zone as moments, by the browser's own tables.

/** How far the zone is ahead of UTC at a moment, in milliseconds. */
function offsetAt(timeZone: string, moment: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - Math.floor(moment / 1000) * 1000;
}

const DAY_MS = 86_400_000;

/** When the day, `YYYY-MM-DD`, begins in the zone. */
export function startOfDay(day: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`);
  if (timeZone === "UTC") {
    return new Date(wall);
  }
  // Wherever clocks change at midnight, the day has two beginnings or none at 00:00: it begins with
  // the first moment whose date it is, which one of the offsets around gives.
  const offsets = [wall - DAY_MS, wall, wall + DAY_MS].map((each) => offsetAt(timeZone, each));
  const beginnings = offsets
    .map((offset) => new Date(wall - offset))
    .filter((moment) => dayIn(timeZone, moment) === day);
  return beginnings.length > 0
    ? new Date(Math.min(...beginnings.map((moment) => moment.getTime())))
    : // A day that the zone left out, as Samoa did one: the moment at which it would have been.
      new Date(wall - offsets[1]!);
}

/** The day, `YYYY-MM-DD`, that a moment falls on in the zone. */
export function dayIn(timeZone: string, moment: Date): string {
  return wallTime(timeZone, moment).slice(0, 10);
}

/** `2026-11-24T10:00` on the zone's clocks. */
export function wallTime(timeZone: string, moment: Date): string {
  const offset = timeZone === "UTC" ? 0 : offsetAt(timeZone, moment.getTime());
  return new Date(moment.getTime() + offset).toISOString().slice(0, 16);
}

/** The first day of the day's month. */
export function monthStart(day: string): string {
  return `${day.slice(0, 8)}01`;
}
