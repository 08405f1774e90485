const GROUPED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 20 });

/** `1,234,567`, never abbreviated: a count that is billed is shown whole. */
export function formatCount(count: number): string {
  return GROUPED.format(count);
}

/** `1,800.5` of `1800.50`, exactly. Text that is no plain decimal number is shown as it came. */
export function formatDecimal(amount: string): string {
  const parts = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(amount);
  if (parts === null) {
    return amount;
  }
  const [, sign = "", whole = "", fraction = ""] = parts;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${grouped}${fraction === "" ? "" : `.${fraction}`}`;
}

/** `1 event`, `2 events`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `812 ms`, `4.20 s`. */
export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 1000
    ? `${formatCount(Math.round(milliseconds))} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`;
}
