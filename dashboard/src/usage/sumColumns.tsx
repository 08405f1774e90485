import type { Sum } from "../api/types";
import { columnDigits } from "../format/money";
import { formatCount } from "../format/numbers";
import { Cost } from "../ui/Cost";
import type { Column } from "../ui/DataTable";
import { None } from "../ui/None";
import { knownCost } from "./Figures";

/** The columns of any table whose rows have a sum. */
export function sumColumns<Row extends { sum: Sum }>(rows: readonly Row[]) {
  const digits = columnDigits(rows.map(({ sum }) => knownCost(sum)));
  const calls: Column<Row> = {
    name: "events",
    heading: "Calls",
    numeric: true,
    cell: ({ sum }) => formatCount(sum.events),
    csv: ({ sum }) => sum.events,
  };
  const tokensIn: Column<Row> = {
    name: "input_tokens",
    heading: "Tokens in",
    numeric: true,
    cell: ({ sum }) => formatCount(sum.input_tokens),
    csv: ({ sum }) => sum.input_tokens,
  };
  const tokensOut: Column<Row> = {
    name: "output_tokens",
    heading: "Tokens out",
    numeric: true,
    cell: ({ sum }) => formatCount(sum.output_tokens),
    csv: ({ sum }) => sum.output_tokens,
  };
  const unpriced: Column<Row> = {
    name: "unpriced_events",
    heading: "Unpriced",
    numeric: true,
    cell: ({ sum }) => (sum.unpriced_events > 0 ? formatCount(sum.unpriced_events) : <None />),
    csv: ({ sum }) => sum.unpriced_events,
  };
  const cost: Column<Row> = {
    name: "cost_usd",
    heading: "Cost",
    numeric: true,
    cell: ({ sum }) => <Cost sum={sum} digits={digits} />,
    csv: ({ sum }) => sum.cost_usd,
  };
  return { calls, tokensIn, tokensOut, unpriced, cost };
}
