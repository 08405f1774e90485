import { formatMilliseconds } from "../../format/numbers";
import { Badge, type Tone } from "../../ui/Badge";
import { CopyButton } from "../../ui/CopyButton";
import { Fact } from "../../ui/Facts";
import { LandedEvent } from "./LandedEvent";
import type { CallState, Phase } from "./streamCall";

const PHASES: Record<Phase, { words: string; tone: Tone }> = {
  sending: { words: "waiting for the first byte", tone: "neutral" },
  receiving: { words: "receiving", tone: "neutral" },
  ended: { words: "complete", tone: "good" },
  stopped: { words: "stopped", tone: "warning" },
  failed: { words: "failed", tone: "bad" },
};

/** What comes back, as it comes, and then what it is booked as. */
export function CallResult({ call, customerId }: { call: CallState | null; customerId: string }) {
  if (call === null) {
    return (
      <section className="card call-result" aria-labelledby="answer-title">
        <h2 id="answer-title">Answer</h2>
        <p className="muted">It shows here as it arrives, and then what it cost.</p>
      </section>
    );
  }
  const { words, tone } = PHASES[call.phase];
  const over = call.totalMs !== null;
  return (
    <section className="card call-result" aria-labelledby="answer-title" aria-busy={!over}>
      <div className="section-head">
        <h2 id="answer-title">Answer</h2>
        <span role="status">
          <Badge text={words} tone={tone} prefix="The call:" />
        </span>
      </div>
      {call.thinking !== "" && (
        <details className="thinking">
          <summary>Thinking</summary>
          <p className="answer muted">{call.thinking}</p>
        </details>
      )}
      {(call.text !== "" || !over) && (
        <p className="answer" data-arriving={!over}>
          {call.text}
        </p>
      )}
      {call.problem !== null && (
        <p className="form-error" role="alert">
          {call.problem}
        </p>
      )}
      <dl className="facts">
        <Fact label="First byte">
          {call.firstByteMs !== null && `${formatMilliseconds(call.firstByteMs)} as seen from here`}
        </Fact>
        <Fact label="Altogether">{call.totalMs !== null && formatMilliseconds(call.totalMs)}</Fact>
        <Fact label="HTTP status">{call.status !== null && String(call.status)}</Fact>
        <Fact label="Ended by">{call.endReason}</Fact>
        <Fact label="Request id">
          {call.requestId !== null && (
            <>
              <code className="id">{call.requestId}</code>
              <CopyButton text={call.requestId} what="request id" />
            </>
          )}
        </Fact>
      </dl>
      {over && call.requestId !== null && (
        <LandedEvent
          key={call.requestId}
          requestId={call.requestId}
          customerId={customerId}
          answered={call.status !== null && call.status < 400}
        />
      )}
    </section>
  );
}
