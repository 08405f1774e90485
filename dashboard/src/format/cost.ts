import type { Sum, UsageEvent } from "../api/types";
import { addDecimals } from "./decimal";
import { isZeroUsd } from "./money";
import { countOf } from "./numbers";

/** How a cost is to be shown. It is never shown as $0 where it is not known, nor where none arose. */
export type ShownCost =
  /** There was nothing to pay for. */
  | { kind: "nothing" }
  /** Priced, at nothing. */
  | { kind: "free" }
  /** Nothing at all is known of it. */
  | { kind: "unknown"; why: string }
  | { kind: "amount"; usd: string; mark: CostMark; why: string | null };

/**
 * `exact`: the providers' own counts at known prices. `about`: some usage is estimated. `at-least`: a
 * lower bound, as some usage is known in part only or has no price.
 */
export type CostMark = "exact" | "about" | "at-least";

/** What a cost is told from; a point of a series knows less than a sum does. */
type SumLike = Pick<Sum, "cost_usd" | "unpriced_events" | "input_tokens" | "output_tokens"> &
  Partial<Pick<Sum, "unpriced_known_usd" | "usage_status" | "units">>;

export function costOfSum(sum: SumLike): ShownCost {
  const usd = addDecimals(sum.cost_usd, sum.unpriced_known_usd ?? "0");
  const status = (name: string) => sum.usage_status?.[name] ?? 0;
  const reasons = [
    sum.unpriced_events > 0 && `${countOf(sum.unpriced_events, "event")} without a price`,
    status("missing") > 0 && `${countOf(status("missing"), "event")} of unknown usage`,
    status("partial") > 0 && `${countOf(status("partial"), "event")} known in part only`,
    status("estimated") > 0 && `${countOf(status("estimated"), "event")} estimated`,
  ].filter((reason) => reason !== false);
  const why = reasons.join(", ");
  const lowerBound = sum.unpriced_events + status("missing") + status("partial") > 0;
  if (isZeroUsd(usd)) {
    if (lowerBound) {
      return { kind: "unknown", why };
    }
    return hasUsage(sum) ? { kind: "free" } : { kind: "nothing" };
  }
  const mark = lowerBound ? "at-least" : why === "" ? "exact" : "about";
  return { kind: "amount", usd, mark, why: why === "" ? null : why };
}

function hasUsage(used: Pick<SumLike, "input_tokens" | "output_tokens" | "units">): boolean {
  return used.input_tokens + used.output_tokens > 0 || Object.keys(used.units ?? {}).length > 0;
}

export function costOfEvent(event: UsageEvent): ShownCost {
  const why = event.usage_reason || null;
  if (event.cost_status !== "priced") {
    const known = event.known_cost_usd;
    const noPrice = event.cost_reason || "There is no price for this event.";
    return isZeroUsd(known)
      ? { kind: "unknown", why: noPrice }
      : { kind: "amount", usd: known, mark: "at-least", why: noPrice };
  }
  const usd = event.cost_usd ?? "0";
  if (isZeroUsd(usd)) {
    if (event.usage_status === "missing" || event.usage_status === "partial") {
      return { kind: "unknown", why: why ?? "The usage is not known." };
    }
    return hasUsage(event) ? { kind: "free" } : { kind: "nothing" };
  }
  return { kind: "amount", usd, mark: markOf(event.usage_status), why };
}

function markOf(usageStatus: string): CostMark {
  switch (usageStatus) {
    case "exact":
    case "none":
      return "exact";
    case "partial":
    case "missing":
      return "at-least";
    default:
      return "about";
  }
}
