import type { Sum, UsageEvent } from "../api/types";
import { costOfEvent, costOfSum, type ShownCost } from "../format/cost";
import { formatUsd } from "../format/money";
import { None } from "./None";

type Props = {
  /** Digits behind the point; fixed, so that a column lines up. */
  digits?: number;
} & ({ sum: Sum; event?: never } | { event: UsageEvent; sum?: never });

/**
 * A cost with how well it is known: `$1.20`, `~$1.20` (some of it estimated), `≥ $1.20` (a lower
 * bound), `unpriced`, or a dash where nothing was to be paid for. The whole amount is in the title.
 */
export function Cost({ sum, event, digits }: Props) {
  const cost = sum === undefined ? costOfEvent(event) : costOfSum(sum);
  return <CostText cost={cost} {...(digits === undefined ? {} : { digits })} />;
}

const SIGNS = {
  exact: null,
  about: { sign: "~", said: "about " },
  "at-least": { sign: "≥ ", said: "at least " },
};

export function CostText({ cost, digits }: { cost: ShownCost; digits?: number }) {
  switch (cost.kind) {
    case "nothing":
      return <None said="nothing to pay for" />;
    case "free":
      return <span className="muted">free</span>;
    case "unknown":
      return (
        <span className="badge warning" title={cost.why}>
          unpriced
        </span>
      );
    case "amount": {
      const mark = SIGNS[cost.mark];
      const why = cost.why === null ? "" : ` (${cost.why})`;
      return (
        <span className="cost" title={`$${cost.usd}${why}`}>
          {mark && (
            <>
              <span className="cost-mark" aria-hidden="true">
                {mark.sign}
              </span>
              <span className="visually-hidden">{mark.said}</span>
            </>
          )}
          {formatUsd(cost.usd, digits === undefined ? {} : { digits })}
        </span>
      );
    }
  }
}
