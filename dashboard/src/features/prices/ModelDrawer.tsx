import type { ModelPrice, PricePeriod, PriceTerm } from "../../api/types";
import { formatCount } from "../../format/numbers";
import { formatUtcDay } from "../../format/time";
import { CopyButton } from "../../ui/CopyButton";
import { Drawer } from "../../ui/Drawer";
import { Fact, Section } from "../../ui/Facts";
import { providerLabel } from "../activity/labels";
import { currentPeriod, termEffect, termLabel, tokenRows, unitRows, type PriceRow } from "./prices";

interface Props {
  model: ModelPrice;
  terms: readonly PriceTerm[];
  onClosed: () => void;
}

/** Everything the book says of one model. */
export function ModelDrawer({ model, terms, onClosed }: Props) {
  const current = currentPeriod(model, new Date());
  return (
    <Drawer title={model.names[0] ?? "Model"} onClosed={onClosed}>
      <div className="details">
        <dl className="facts">
          <Fact label="Provider">{providerLabel(model.provider)}</Fact>
          <Fact label="Names">
            <ul className="plain-list">
              {model.names.map((name) => (
                <li key={name}>
                  <code className="id">{name}</code>
                  <CopyButton text={name} what={`name ${name}`} />
                </li>
              ))}
            </ul>
          </Fact>
        </dl>
        {model.periods.map((period, index) => (
          <Period
            key={index}
            period={period}
            until={model.periods[index - 1]?.from ?? null}
            current={period === current}
          />
        ))}
        {terms.length > 0 && (
          <Section title="Terms">
            <dl className="facts">
              {terms.map((term, index) => (
                <Fact key={index} label={`${termLabel(term.term)} ${term.values.join(", ")}`}>
                  {termEffect(term)}
                </Fact>
              ))}
            </dl>
          </Section>
        )}
      </div>
    </Drawer>
  );
}

function Period({
  period,
  until,
  current,
}: {
  period: PricePeriod;
  until: string | null;
  current: boolean;
}) {
  const from =
    period.from === null ? "As far back as is known" : `From ${formatUtcDay(period.from)}`;
  const to = until === null ? "" : `, until ${formatUtcDay(until)}`;
  return (
    <Section title={`${from}${to}${current ? " (now)" : ""}`}>
      <PriceList label="Prices" rows={tokenRows(period.per_million_tokens)} />
      {Object.keys(period.units).length > 0 && (
        <PriceList label="Prices of units" rows={unitRows(period.units)} />
      )}
      {period.above_input_tokens.map(({ input_tokens, per_million_tokens }) => (
        <div key={input_tokens}>
          <p className="muted">
            The whole call, where it has more than {formatCount(input_tokens)} input tokens:
          </p>
          <PriceList
            label={`Prices above ${formatCount(input_tokens)} input tokens`}
            rows={tokenRows(per_million_tokens)}
          />
        </div>
      ))}
    </Section>
  );
}

function PriceList({ label, rows }: { label: string; rows: readonly PriceRow[] }) {
  return (
    <table className="token-table" aria-label={label}>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            <td>{row.price}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
