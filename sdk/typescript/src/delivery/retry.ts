const FIRST_MS = 250;
const MOST_MS = 30_000;
const RETRY_AFTER_MOST_MS = 60_000;

/**
 * How long to wait before a retry, in milliseconds: doubling up to 30 s, half of it random so that
 * many clients do not come back at once. The server's word goes before it.
 *
 * @param retry 0 for the first
 * @param random from 0 to 1
 */
export function delay(
  retry: number,
  retryAfter: string | null,
  now: number,
  random: number,
): number {
  const asked = retryAfterMs(retryAfter, now);
  if (asked > 0) {
    return Math.min(asked, RETRY_AFTER_MOST_MS);
  }
  const base = Math.min(FIRST_MS * 2 ** retry, MOST_MS);
  return base / 2 + (base / 2) * random;
}

/** Seconds or a date, as of RFC 9110; 0 where it is neither, or over. */
function retryAfterMs(value: string | null, now: number): number {
  if (value === null) {
    return 0;
  }
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) * 1000;
  }
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
