import { scaleLinear } from "d3-scale";
import { decimalText } from "../format/decimal";

export interface Tick {
  /** For the place on the screen only. */
  at: number;
  /** The exact amount as decimal text. */
  amount: string;
}

/** Round amounts from zero to at least `most`, as far apart as they are shown exactly. */
export function ticksUpTo(most: number, count: number): Tick[] {
  const top = most > 0 ? most : 1;
  const places = scaleLinear().domain([0, top]).nice(count).ticks(count);
  const step = places.length > 1 ? places[1]! - places[0]! : top;
  // d3's steps are one, two or five times a power of ten: told from the fraction by rounding, the
  // amounts are then exact.
  const exponent = Math.floor(Math.log10(step) + 1e-9);
  const digit = BigInt(Math.round(step / 10 ** exponent));
  return places.map((at, index) => ({
    at,
    amount: decimalText(BigInt(index) * digit, -exponent),
  }));
}

/** `0`, `250`, `2K`, `1.5M`: a round count, in as few letters as an axis has room for. */
export function shortCount(amount: string): string {
  const digits = amount.replace(/\..*$/, "");
  for (const [suffix, zeros] of [
    ["B", 9],
    ["M", 6],
    ["K", 3],
  ] as const) {
    if (digits.length > zeros) {
      const text = decimalText(BigInt(digits), zeros);
      return `${text.replace(/\.?0+$/, "")}${suffix}`;
    }
  }
  return amount;
}

/** Which of the bars get a label, so that labels of this width do not touch. */
export function labelledEvery(bars: number, width: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((bars * labelWidth) / Math.max(width, 1)));
}
