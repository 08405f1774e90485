import type { EventDetail } from "../../api/types";
import { formatUtcExact } from "../../format/time";
import { Section } from "../../ui/Facts";
import { shownRevisions } from "./revisions";

/** What the ledger said of the event, now and before: nothing is replaced without a trace. */
export function EventHistory({ event }: { event: EventDetail }) {
  const revisions = shownRevisions(event);
  return (
    <Section title="History">
      {revisions.length === 1 ? (
        <p className="muted">Booked once, and never told better or priced anew since.</p>
      ) : (
        <ol className="revisions">
          {revisions.map(({ said, until, change }, index) => (
            <li key={index}>
              <p>
                <strong>{until === null ? "Now" : `Until ${formatUtcExact(until)} UTC`}</strong>
                {change !== null && <span className="muted"> – {change}</span>}
              </p>
              <p>
                {said.cost_usd ? `$${said.cost_usd}` : said.cost_status}, usage {said.usage_status},
                call {said.status}, price book {said.price_book}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
