/**
 * The one formatter for money. It works on the decimal text that the API sends, because a binary
 * fraction cannot hold most prices: $0.1 + $0.2 would show as $0.30000000000000004.
 */

interface Decimal {
  negative: boolean;
  /** Digits before the point, without leading zeros (but at least one). */
  whole: string;
  /** Digits behind the point, as many as were sent. */
  fraction: string;
}

export interface MoneyFormat {
  /** A fixed number of digits behind the point, so that the amounts of a column line up. */
  digits?: number;
}

/**
 * `$1,234.57`; below a dollar up to six digits behind the point (`$0.004215`) and at least two. An
 * amount that these digits cannot tell from zero is shown as less than the least they can
 * (`<$0.000001`). Text that is no plain decimal number is shown as it came.
 */
export function formatUsd(amount: string, { digits }: MoneyFormat = {}): string {
  const decimal = parse(amount);
  if (decimal === null) {
    return `$${amount}`;
  }
  const shown = digits ?? (decimal.whole === "0" ? 6 : 2);
  const rounded = round(decimal, shown);
  const sign = decimal.negative ? "-" : "";
  if (isZero(rounded) && !isZero(decimal)) {
    const least = shown === 0 ? "1" : `0.${"1".padStart(shown, "0")}`;
    return decimal.negative ? `>-$${least}` : `<$${least}`;
  }
  const fraction =
    digits === undefined ? rounded.fraction.replace(/0+$/, "").padEnd(2, "0") : rounded.fraction;
  const whole = rounded.whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${isZero(rounded) ? "" : sign}$${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

export function isZeroUsd(amount: string): boolean {
  const decimal = parse(amount);
  return decimal !== null && isZero(decimal);
}

function parse(amount: string): Decimal | null {
  const parts = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(amount);
  if (parts === null) {
    return null;
  }
  return { negative: parts[1] === "-", whole: parts[2] ?? "0", fraction: parts[3] ?? "" };
}

function isZero({ whole, fraction }: Decimal): boolean {
  return /^0*$/.test(whole + fraction);
}

/** To the nearest; a half goes away from zero. */
function round({ negative, whole, fraction }: Decimal, digits: number): Decimal {
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, "0"));
  const up = (fraction[digits] ?? "0") >= "5";
  const all = String(up ? kept + 1n : kept).padStart(digits + 1, "0");
  const point = all.length - digits;
  return { negative, whole: all.slice(0, point), fraction: all.slice(point) };
}

/**
 * How many digits behind the point suit a column of such amounts, so that they line up: the most of
 * them decides, and what is too little for the digits is shown as less than they can say.
 */
export function columnDigits(amounts: readonly string[]): number {
  const wholes = amounts.map((amount) => parse(amount)?.whole ?? "0");
  const longest = Math.max(0, ...wholes.map((whole) => (whole === "0" ? 0 : whole.length)));
  return longest >= 2 ? 2 : longest === 1 ? 4 : 6;
}
