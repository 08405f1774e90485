import type { PriceLine } from "../../api/types";
import { formatUsd } from "../../format/money";
import { formatDecimal } from "../../format/numbers";
import { tokenClassLabel, unitLabel } from "./labels";

/** A line of how a cost comes about, in words. */
export interface ShownPriceLine {
  label: string;
  model: string | null;
  quantity: string;
  /** `$3.00 per million`; null where there is no price. */
  price: string | null;
  /** What the line comes to; null where there is no price. */
  usd: string | null;
  reason: string | null;
}

export function shownPriceLines(lines: readonly PriceLine[]): ShownPriceLine[] {
  const models = new Set(lines.map(({ model }) => model ?? null));
  return lines.map((line) => ({
    label: line.class ? tokenClassLabel(line.class) : unitLabel(line.unit ?? ""),
    // The event says it already where it is always the same.
    model: models.size > 1 ? (line.model ?? null) : null,
    quantity: formatDecimal(String(line.quantity)),
    price: line.usd_per ? `${formatUsd(line.usd_per)} ${per(String(line.per ?? "1"))}` : null,
    usd: line.usd ?? null,
    reason: line.reason ?? null,
  }));
}

function per(quantity: string): string {
  switch (quantity.replace(/\.0+$/, "")) {
    case "1":
      return "each";
    case "1000000":
      return "per million";
    default:
      return `per ${formatDecimal(quantity)}`;
  }
}
