import type { ReactNode } from "react";
import type { Json, UsageEvent } from "../../api/types";
import { formatUsd } from "../../format/money";
import { formatCount, formatMilliseconds } from "../../format/numbers";
import { formatUtcExact } from "../../format/time";
import { CodeBlock } from "../../ui/CodeBlock";
import { CopyButton } from "../../ui/CopyButton";
import { Dialog, useCloseDialog } from "../../ui/Dialog";
import { StatusBadges, UsageBadge, unpricedReason } from "./EventBadges";
import { hrefToActivity } from "./FilterForm";
import { NO_FILTERS, type FilterName } from "./filters";
import { FILTER_LABELS, providerLabel, tokenLines, usageStatus, type TokenLine } from "./labels";
import { otherFields, prettyJson } from "./eventFields";

export function EventDrawer({ event, onClosed }: { event: UsageEvent; onClosed: () => void }) {
  return (
    <Dialog title="Event" kind="drawer" onClosed={onClosed}>
      <div className="event-details">
        <div className="event-lead">
          <p className="event-cost">
            {event.cost_usd ? formatUsd(event.cost_usd) : <span className="none">Unpriced</span>}
          </p>
          <StatusBadges event={event} />
        </div>
        <Attribution event={event} />
        <CallSection event={event} />
        <Tokens event={event} />
        <CostSection event={event} />
        <Ids event={event} />
        <JsonSection title="Metadata" value={event.metadata ?? null} />
        <JsonSection title="Raw usage" value={event.raw_usage ?? null} />
        <JsonSection title="Other fields" value={otherFields(event)} />
        <p>
          <CopyButton
            text={JSON.stringify(event, null, 2)}
            what="event as JSON"
            labelled
            className="button"
          />
        </p>
      </div>
    </Dialog>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** One line of a list of facts; what is not known has none. */
function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (children === null || children === undefined || children === false || children === "") {
    return null;
  }
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Attribution({ event }: { event: UsageEvent }) {
  const names: FilterName[] = ["customer_id", "user_id", "feature_id"];
  return (
    <Section title="Attribution">
      <dl className="facts">
        {names.map((name) => {
          const value = event[name as keyof UsageEvent] as string | null | undefined;
          return (
            <Fact key={name} label={FILTER_LABELS[name]}>
              {value && (
                <>
                  <FilterLink name={name} value={value} />
                  <CopyButton text={value} what={FILTER_LABELS[name].toLowerCase()} />
                </>
              )}
            </Fact>
          );
        })}
      </dl>
    </Section>
  );
}

function FilterLink({ name, value }: { name: FilterName; value: string }) {
  const close = useCloseDialog();
  return (
    <a className="id" href={hrefToActivity({ ...NO_FILTERS, [name]: value })} onClick={close}>
      {value}
      <span className="visually-hidden">: show all its events</span>
    </a>
  );
}

function CallSection({ event }: { event: UsageEvent }) {
  return (
    <Section title="Call">
      <dl className="facts">
        <Fact label="Happened">{`${formatUtcExact(event.timestamp)} UTC`}</Fact>
        <Fact label="Booked">
          {event.received_at && `${formatUtcExact(event.received_at)} UTC`}
        </Fact>
        <Fact label="Provider">{event.provider && providerLabel(event.provider)}</Fact>
        <Fact label="Model">{event.model}</Fact>
        <Fact label="Endpoint">{event.endpoint}</Fact>
        <Fact label="Streamed">{yesNo(event.streamed)}</Fact>
        <Fact label="Status">{event.status}</Fact>
        <Fact label="Error">{event.error_type}</Fact>
        <Fact label="First byte">{milliseconds(event.first_byte_ms)}</Fact>
        <Fact label="Latency">{milliseconds(event.duration_ms)}</Fact>
        <Fact label="Source">{event.source}</Fact>
        <Fact label="Environment">{event.environment}</Fact>
      </dl>
    </Section>
  );
}

function Tokens({ event }: { event: UsageEvent }) {
  const { input, output } = tokenLines(event.tokens ?? {});
  const units = Object.entries(event.units ?? {});
  return (
    <Section title="Usage">
      <dl className="facts">
        <Fact label="Usage status">
          <UsageBadge event={event} always />{" "}
          <span className="muted">
            {event.usage_reason || usageStatus(event.usage_status).meaning}
          </span>
        </Fact>
      </dl>
      <table className="token-table">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Token class</th>
            <th scope="col">Tokens</th>
          </tr>
        </thead>
        <TokenRows lines={input} total="All input" tokens={event.input_tokens} />
        <TokenRows lines={output} total="All output" tokens={event.output_tokens} />
        {units.length > 0 && (
          <tbody>
            {units.map(([unit, amount]) => (
              <tr key={unit}>
                <th scope="row">{unit.replaceAll("_", " ")}</th>
                <td>{typeof amount === "number" ? formatCount(amount) : amount}</td>
              </tr>
            ))}
          </tbody>
        )}
      </table>
    </Section>
  );
}

function TokenRows({
  lines,
  total,
  tokens,
}: {
  lines: TokenLine[];
  total: string;
  tokens: number;
}) {
  return (
    <tbody>
      {lines.map((line) => (
        <tr key={line.tokenClass}>
          <th scope="row">{line.label}</th>
          <td>{formatCount(line.tokens)}</td>
        </tr>
      ))}
      <tr className="token-total">
        <th scope="row">{total}</th>
        <td>{formatCount(tokens)}</td>
      </tr>
    </tbody>
  );
}

function CostSection({ event }: { event: UsageEvent }) {
  return (
    <Section title="Cost">
      <dl className="facts">
        <Fact label="Cost">{event.cost_usd && `$${event.cost_usd}`}</Fact>
        <Fact label="Status">{event.cost_status}</Fact>
        <Fact label="Reason">{event.cost_status === "unpriced" && unpricedReason(event)}</Fact>
        <Fact label="Price book">{event.price_book}</Fact>
      </dl>
    </Section>
  );
}

function Ids({ event }: { event: UsageEvent }) {
  const ids = [
    { label: "Event id", value: event.event_id },
    { label: "Event type", value: event.event_type },
    { label: "Provider request id", value: event.provider_request_id },
    { label: "API key id", value: event.api_key_id },
  ];
  return (
    <Section title="Identifiers">
      <dl className="facts">
        {ids.map(({ label, value }) => (
          <Fact key={label} label={label}>
            {value && (
              <>
                <code className="id">{value}</code>
                <CopyButton text={value} what={label} />
              </>
            )}
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

function JsonSection({ title, value }: { title: string; value: Json }) {
  const empty = typeof value === "object" && (value === null || Object.keys(value).length === 0);
  if (empty || value === "") {
    return null;
  }
  return (
    <Section title={title}>
      <CodeBlock text={prettyJson(value)} what={title.toLowerCase()} />
    </Section>
  );
}

function yesNo(value: boolean | null | undefined): string | null {
  return typeof value === "boolean" ? (value ? "yes" : "no") : null;
}

function milliseconds(value: number | null | undefined): string | null {
  return typeof value === "number" ? formatMilliseconds(value) : null;
}
