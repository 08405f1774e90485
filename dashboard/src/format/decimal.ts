// Sums and comparisons of decimal text, as the API sends money: exact, whatever the size. Text that
// is no plain decimal number counts as zero; the formatter shows it as it came.

/** The value times ten to the power of `scale`. */
interface Scaled {
  digits: bigint;
  scale: number;
}

const ZERO: Scaled = { digits: 0n, scale: 0 };

function parse(amount: string): Scaled {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  if (parts === null) {
    return ZERO;
  }
  const fraction = parts[3] ?? "";
  const digits = BigInt(parts[2] + fraction);
  return { digits: parts[1] === "-" ? -digits : digits, scale: fraction.length };
}

function at({ digits, scale }: Scaled, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}

/** Both on the finer one's scale. */
function aligned(a: string, b: string): [bigint, bigint, number] {
  const [x, y] = [parse(a), parse(b)];
  const scale = Math.max(x.scale, y.scale);
  return [at(x, scale), at(y, scale), scale];
}

/** `digits` with the point so many places from the right (or so many zeros, where negative). */
export function decimalText(digits: bigint, scale: number): string {
  if (scale <= 0) {
    return String(digits * 10n ** BigInt(-scale));
  }
  const negative = digits < 0n;
  const text = String(negative ? -digits : digits).padStart(scale + 1, "0");
  return `${negative ? "-" : ""}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

export function addDecimals(a: string, b: string): string {
  const [x, y, scale] = aligned(a, b);
  return decimalText(x + y, scale);
}

export function subtractDecimals(a: string, b: string): string {
  const [x, y, scale] = aligned(a, b);
  return decimalText(x - y, scale);
}

export function sumDecimals(amounts: readonly string[]): string {
  return amounts.reduce(addDecimals, "0");
}

/** Negative, zero or positive, for sorting. */
export function compareDecimals(a: string, b: string): number {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/**
 * The change from `before` to `now` in tenths of a percent, to the nearest; null when there was
 * nothing before, as no number says how much more than nothing something is.
 */
export function changeInTenths(before: string, now: string): bigint | null {
  const [x, y] = aligned(before, now);
  if (x <= 0n) {
    return null;
  }
  const doubled = ((y - x) * 2000n) / x;
  return (doubled + (doubled < 0n ? -1n : 1n)) / 2n;
}

/** Of no use but for lengths and places on the screen: what is shown is never made from it. */
export function approximately(amount: string): number {
  return Number(amount) || 0;
}
