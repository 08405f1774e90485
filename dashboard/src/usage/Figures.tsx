import type { ReactNode } from "react";
import type { Sum, UsageSummary } from "../api/types";
import { costOfSum } from "../format/cost";
import { addDecimals } from "../format/decimal";
import { countOf, formatCount } from "../format/numbers";
import { Change } from "../ui/Change";
import { CostText } from "../ui/Cost";

interface FigureProps {
  label: string;
  value: ReactNode;
  notes?: ReactNode[];
}

export function Figure({ label, value, notes = [] }: FigureProps) {
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd className="figure-value">{value}</dd>
      {notes.map((note, index) =>
        note ? (
          <dd key={index} className="figure-note">
            {note}
          </dd>
        ) : null,
      )}
    </div>
  );
}

/** What is certain of a sum's cost. */
export function knownCost({ cost_usd, unpriced_known_usd }: Sum): string {
  return addDecimals(cost_usd, unpriced_known_usd);
}

/** Input that a cache served, of whatever kind: what the API counts as `cached_tokens`. */
export function cachedTokens({ tokens }: Pick<Sum, "tokens">): number {
  return Object.entries(tokens)
    .filter(([name]) => name === "cache_read" || name.startsWith("cache_read_"))
    .reduce((sum, [, count]) => sum + count, 0);
}

const tokensOf = ({ input_tokens, output_tokens }: Sum) => input_tokens + output_tokens;

/** Cost, tokens and calls of a range, beside those of the equal range before. */
export function SumFigures({ summary }: { summary: UsageSummary }) {
  const { previous } = summary;
  const cost = costOfSum(summary);
  const cached = cachedTokens(summary);
  const failed = summary.events - (summary.call_status["ok"] ?? 0);
  return (
    <>
      <Figure
        label="Cost"
        value={<CostText cost={cost} />}
        notes={[
          previous && <Change now={knownCost(summary)} before={knownCost(previous)} />,
          "why" in cost && cost.why !== null && <span className="warning-text">{cost.why}</span>,
        ]}
      />
      <Figure
        label="Tokens"
        value={formatCount(tokensOf(summary))}
        notes={[
          previous && (
            <Change now={String(tokensOf(summary))} before={String(tokensOf(previous))} />
          ),
          <>
            {formatCount(summary.input_tokens)} in
            {cached > 0 && ` (${formatCount(cached)} cached)`}, {formatCount(summary.output_tokens)}{" "}
            out
          </>,
        ]}
      />
      <Figure
        label="Calls"
        value={formatCount(summary.events)}
        notes={[
          previous && <Change now={String(summary.events)} before={String(previous.events)} />,
          failed > 0 && `${countOf(failed, "call")} not ok`,
        ]}
      />
    </>
  );
}
