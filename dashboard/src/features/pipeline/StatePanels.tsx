import type { ReactNode } from "react";
import { formatCount } from "../../format/numbers";
import { None } from "../../ui/None";
import { Panel } from "../../ui/Panel";
import { Watermark } from "../../ui/Watermark";
import { hrefToActivity } from "../activity/addresses";
import type { usePipelineState } from "./usePipeline";

interface Props {
  state: ReturnType<typeof usePipelineState>;
}

/** The queue's own numbers, which it counts approximately. */
export function QueuePanel({ state }: Props) {
  return (
    <Panel
      title="On its way to the ledger"
      query={state}
      failed="The pipeline's state could not be loaded."
      height={5}
      note={() => "The queue counts approximately."}
    >
      {(pipeline) => (
        <>
          {pipeline.queue !== "ok" && (
            <p className="warning-note" role="alert">
              The queue cannot be asked: how much waits in it is not known.
            </p>
          )}
          <dl className="figures">
            <Figure label="Waiting" count={pipeline.waiting} note="ready for a worker" />
            <Figure label="In hand" count={pipeline.in_hand} note="being booked" />
            <Figure label="Watched" count={pipeline.watched} note="calls whose end is awaited" />
            <Figure
              label="Dead letters"
              count={pipeline.dead_letters}
              bad
              note="could not be booked"
            />
          </dl>
        </>
      )}
    </Panel>
  );
}

/** What the ledger holds and is not sure of; each leads to the events themselves. */
export function AccountsPanel({ state }: Props) {
  return (
    <Panel
      title="Booked in the last 30 days"
      query={state}
      failed="The ledger's counts could not be loaded."
      height={5}
      note={({ updated_at }) =>
        updated_at === null ? "Nothing was booked." : <Watermark at={updated_at} />
      }
    >
      {(pipeline) => (
        <dl className="figures">
          <Figure label="Settled" count={pipeline.settled_events} note="told how they ended" />
          <Figure
            label="Unaccounted"
            count={pipeline.unaccounted_events}
            href={hrefToActivity({ status: "unaccounted" })}
            bad
            note="began, and nothing told how they ended"
          />
          <Figure
            label="Quarantined"
            count={pipeline.quarantined_events}
            href={hrefToActivity({ quarantined: "true" })}
            bad
            note="usage that contradicts itself"
          />
          <Figure
            label="Unpriced"
            count={pipeline.unpriced_events}
            href={hrefToActivity({ cost_status: "unpriced" })}
            bad
            note="no price for some of it"
          />
        </dl>
      )}
    </Panel>
  );
}

interface FigureProps {
  label: string;
  count: number | null;
  note: ReactNode;
  /** Where the events are that are counted here. */
  href?: string;
  /** Whether any at all is one too many. */
  bad?: boolean;
}

function Figure({ label, count, note, href, bad = false }: FigureProps) {
  const alarming = bad && count !== null && count > 0;
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd className={`figure-value${alarming ? " warning-text" : ""}`}>
        {count === null ? <None said="not known" /> : formatCount(count)}
      </dd>
      <dd className="figure-note">
        {note}
        {href !== undefined && (
          <>
            {" · "}
            <a href={href}>
              Show<span className="visually-hidden"> {label.toLowerCase()} events</span>
            </a>
          </>
        )}
      </dd>
    </div>
  );
}
