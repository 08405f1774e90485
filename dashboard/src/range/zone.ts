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

/** When the day, `YYYY-MM-DD`, begins in the zone. */
export function startOfDay(day: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`);
  if (timeZone === "UTC") {
    return new Date(wall);
  }
  // The offset is that of the moment sought, which one more round finds but for an hour of change.
  const guess = wall - offsetAt(timeZone, wall);
  return new Date(wall - offsetAt(timeZone, guess));
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
