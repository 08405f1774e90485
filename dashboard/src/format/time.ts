// Every time on the page is UTC, whatever the zone of the machine: two people who look at the same
// event see the same hour.

/** `2026-11-24 10:32:11` (UTC) of an RFC 3339 time; text that is no time is shown as it came. */
export function formatUtc(time: string): string {
  return iso(time)?.slice(0, 19).replace("T", " ") ?? time;
}

/** `2026-11-24 10:32:11.250` (UTC). */
export function formatUtcExact(time: string): string {
  return iso(time)?.slice(0, 23).replace("T", " ") ?? time;
}

/** `2026-11-24 10:32` (UTC). */
export function formatUtcMinute(time: string): string {
  return iso(time)?.slice(0, 16).replace("T", " ") ?? time;
}

/** `2026-11-24` (UTC). */
export function formatUtcDay(time: string): string {
  return iso(time)?.slice(0, 10) ?? time;
}

function iso(time: string): string | undefined {
  const instant = new Date(time);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

/** `just now`, `12 s ago`, `3 min ago`, `2 h ago`. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 1) {
    return "just now";
  }
  if (seconds < 60) {
    return `${seconds} s ago`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && iso(text)?.slice(0, 10) === text;
}

/** The day that follows, of and as `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** The day that lies so many days before, of and as `YYYY-MM-DD`. */
export function daysBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}
