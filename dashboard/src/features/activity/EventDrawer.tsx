import type { EventDetail, Json, UsageEvent } from "../../api/types";
import { formatCount, formatDecimal, formatMilliseconds } from "../../format/numbers";
import { formatUtcExact } from "../../format/time";
import { CodeBlock } from "../../ui/CodeBlock";
import { CopyButton } from "../../ui/CopyButton";
import { Cost } from "../../ui/Cost";
import { useCloseDialog } from "../../ui/Dialog";
import { Drawer } from "../../ui/Drawer";
import { ErrorPanel } from "../../ui/ErrorPanel";
import { Skeleton } from "../../ui/Skeleton";
import { hrefToActivity, hrefToEvent } from "./addresses";
import { QUARANTINED_MEANING, StatusBadges, UsageBadge } from "./EventBadges";
import { EventCost } from "./EventCost";
import { EventHistory } from "./EventHistory";
import { Fact, IdFact, Section } from "../../ui/Facts";
import { otherFields, prettyJson } from "./eventFields";
import { FILTER_LABELS } from "../../filters/filters";
import { useRoute } from "../../router";
import { providerLabel, tokenLines, unitLabel, usageStatus, type TokenLine } from "./labels";
import { useEvent } from "./useEvent";

interface Props {
  id: string;
  /** What a list already knows of it, to be shown until the rest is there. */
  listed: UsageEvent | undefined;
  onClosed: () => void;
}

export function EventDrawer({ id, listed, onClosed }: Props) {
  const detail = useEvent(id);
  const event = detail.data ?? listed;
  return (
    <Drawer title="Event" onClosed={onClosed}>
      {event !== undefined ? (
        <EventFacts event={event} detail={detail} />
      ) : detail.isError ? (
        <ErrorPanel
          what="The event could not be loaded."
          error={detail.error}
          onRetry={() => void detail.refetch()}
          retrying={detail.isFetching}
        />
      ) : (
        <Skeleton label="Loading the event" lines={10} />
      )}
    </Drawer>
  );
}

function EventFacts({ event, detail }: { event: UsageEvent; detail: ReturnType<typeof useEvent> }) {
  return (
    <div className="details">
      <div className="event-lead">
        <p className="event-cost">
          <Cost event={event} />
        </p>
        <StatusBadges event={event} />
      </div>
      {event.quarantined === true && <p className="warning-note">{QUARANTINED_MEANING}</p>}
      <Attribution event={event} />
      <CallSection event={event} />
      <Usage event={event} />
      <EventCost event={event} detail={detail} />
      {detail.data !== undefined && <EventHistory event={detail.data} />}
      <Ids event={event} />
      <JsonSection title="Metadata" value={event.metadata ?? null} />
      <JsonSection title="Raw usage" value={event.raw_usage ?? null} />
      <JsonSection title="Other fields" value={otherFields(event)} />
      <p className="event-actions">
        <CopyButton text={linkTo(event)} what="link" labelled className="button" />
        <CopyButton text={asJson(event)} what="event as JSON" labelled className="button" />
      </p>
    </div>
  );
}

function linkTo(event: UsageEvent): string {
  return new URL(hrefToEvent(event.id), window.location.href).href;
}

function asJson(event: UsageEvent | EventDetail): string {
  return JSON.stringify(event, null, 2);
}

function Attribution({ event }: { event: UsageEvent }) {
  const names = ["customer_id", "user_id", "feature_id"] as const;
  return (
    <Section title="Attribution">
      <dl className="facts">
        {names.map((name) => {
          const value = event[name];
          return (
            <Fact key={name} label={FILTER_LABELS[name]}>
              {value && (
                <>
                  <FilterLink event={event} name={name} value={value} />
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

interface FilterLinkProps {
  event: UsageEvent;
  name: "customer_id" | "user_id" | "feature_id";
  value: string;
}

function FilterLink({ event, name, value }: FilterLinkProps) {
  const close = useCloseDialog();
  const { search } = useRoute();
  // A user belongs to a customer: alone, the name may be that of several.
  const customer = name === "user_id" ? { customer_id: event.customer_id } : {};
  const filters: Record<string, string> = { ...customer, [name]: value };
  return (
    <a className="id" href={hrefToActivity(filters, search)} onClick={close}>
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
        <Fact label="Model asked for">{event.requested_model}</Fact>
        <Fact label="Endpoint">{event.endpoint}</Fact>
        <Fact label="Service tier">{event.service_tier}</Fact>
        <Fact label="Speed">{event.speed}</Fact>
        <Fact label="Geography">{event.geography}</Fact>
        <Fact label="Streamed">{yesNo(event.streamed)}</Fact>
        <Fact label="Status">
          {event.status}
          {event.http_status ? ` (HTTP ${event.http_status})` : ""}
        </Fact>
        <Fact label="Error">{event.error_type}</Fact>
        <Fact label="First byte">{milliseconds(event.first_byte_ms)}</Fact>
        <Fact label="Latency">{milliseconds(event.duration_ms)}</Fact>
        <Fact label="Attempt">{event.attempt ? attemptWords(event.attempt) : null}</Fact>
        <Fact label="Source">{event.source}</Fact>
        <Fact label="Environment">{event.environment}</Fact>
      </dl>
    </Section>
  );
}

function attemptWords(attempt: number): string {
  return attempt === 1 ? "1 (the client's first try)" : `${attempt} (a retry by the client)`;
}

function Usage({ event }: { event: UsageEvent }) {
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
                <th scope="row">{unitLabel(unit)}</th>
                <td>{formatDecimal(String(amount))}</td>
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

function Ids({ event }: { event: UsageEvent }) {
  return (
    <Section title="Identifiers">
      <dl className="facts">
        <IdFact label="Event id" value={event.event_id} />
        <IdFact label="Event type" value={event.event_type} />
        <IdFact label="Provider request id" value={event.provider_request_id} />
        <IdFact label="Provider answer id" value={event.provider_response_id} />
        <IdFact label="Logical call" value={event.logical_call_id} />
        <IdFact label="API key id" value={event.api_key_id} />
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
