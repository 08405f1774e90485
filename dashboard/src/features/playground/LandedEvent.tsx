import { useState } from "react";
import { formatCount, formatMilliseconds } from "../../format/numbers";
import { PIPELINE_PATH } from "../../paths";
import { hrefTo } from "../../router";
import { Cost } from "../../ui/Cost";
import { useNow } from "../../ui/useNow";
import { hrefToEvent } from "../activity/addresses";
import { StatusBadges, UsageBadge } from "../activity/EventBadges";
import { Fact } from "../../ui/Facts";
import { useLandedEvent } from "./useLandedEvent";

/** From then on it is worth saying why it may not come. */
const USUALLY_MS = 30_000;

interface Props {
  requestId: string;
  customerId: string;
  /** Whether the call was answered as a success. */
  answered: boolean;
}

/** The event that the call is booked as, once it has come through the pipeline. */
export function LandedEvent({ requestId, customerId, answered }: Props) {
  const landed = useLandedEvent(requestId, customerId);
  const [since] = useState(() => Date.now());
  const event = landed.data;
  return (
    <section className="landed" aria-labelledby="landed-title" aria-live="polite">
      <h3 id="landed-title">Booked as</h3>
      {event ? (
        <>
          <p className="event-cost">
            <Cost event={event} />
          </p>
          <dl className="facts">
            <Fact label="Status">
              <StatusBadges event={event} />
            </Fact>
            <Fact label="Usage">
              <UsageBadge event={event} always />
            </Fact>
            <Fact label="Tokens in">{formatCount(event.input_tokens)}</Fact>
            <Fact label="Tokens out">{formatCount(event.output_tokens)}</Fact>
            <Fact label="First byte">
              {event.first_byte_ms !== null &&
                `${formatMilliseconds(event.first_byte_ms)} as seen from the proxy`}
            </Fact>
          </dl>
          <p>
            <a className="button" href={hrefToEvent(event.id)}>
              Show the event
            </a>
          </p>
        </>
      ) : (
        <Waiting since={since} answered={answered} error={landed.error} />
      )}
    </section>
  );
}

interface WaitingProps {
  since: number;
  answered: boolean;
  error: Error | null;
}

function Waiting({ since, answered, error }: WaitingProps) {
  const late = useNow() - since > USUALLY_MS;
  if (error !== null) {
    return <p className="warning-text">The events can&rsquo;t be asked for: {error.message}</p>;
  }
  if (!late) {
    return (
      <p className="waiting">
        <span className="pulse" aria-hidden="true" />
        Waiting for its event…
      </p>
    );
  }
  return (
    <p>
      {answered ? (
        <>
          Its event is not there yet. The <a href={hrefTo(PIPELINE_PATH)}>pipeline</a> says what
          waits or got stuck; this goes on looking.
        </>
      ) : (
        "No event: a call that the proxy itself refuses reaches no provider, and is not booked."
      )}
    </p>
  );
}
