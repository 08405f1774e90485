import { useState } from "react";
import type { DeadLetter } from "../../api/types";
import { countOf, formatCount } from "../../format/numbers";
import { formatUtc } from "../../format/time";
import { CsvButton, DataTable, type Column } from "../../ui/DataTable";
import { None } from "../../ui/None";
import { Empty, Panel } from "../../ui/Panel";
import { DeadLetterDrawer } from "./DeadLetterDrawer";
import { RedriveDialog } from "./RedriveDialog";
import { DEAD_LETTERS_AT_MOST, useDeadLetters } from "./usePipeline";

type Chosen = { what: "letter"; letter: DeadLetter } | { what: "redrive"; id: string | "all" };

/** The messages that workers gave up on; nothing is lost, each can be sent to the queue again. */
export function DeadLettersPanel() {
  const letters = useDeadLetters();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [redriven, setRedriven] = useState<number | null>(null);
  const columns = columnsOf(setChosen);
  return (
    <>
      <Panel
        title="Dead letters"
        query={letters}
        failed="The dead letters could not be loaded."
        height={8}
        actions={(rows) => (
          <>
            <button
              type="button"
              className="button small quiet"
              onClick={() => void letters.refetch()}
              aria-disabled={letters.isFetching}
            >
              {letters.isFetching ? "Looking…" : "Look again"}
            </button>
            {rows.length > 0 && (
              <>
                <CsvButton name="dead-letters" columns={columns} rows={rows} />
                <button
                  type="button"
                  className="button small"
                  onClick={() => setChosen({ what: "redrive", id: "all" })}
                >
                  Redrive all
                </button>
              </>
            )}
          </>
        )}
        note={() =>
          `At most ${DEAD_LETTERS_AT_MOST} are listed. They stay here until they are redriven, or until the queue's retention ends.`
        }
      >
        {(rows) => (
          <>
            <div role="status">
              {redriven !== null && (
                <p className="note">
                  {countOf(redriven, "message was", "messages were")} sent to the queue again. What
                  cannot be booked still comes back here.
                </p>
              )}
            </div>
            {rows.length === 0 ? (
              <Empty title="No dead letters">
                <p>Everything that was reported could be booked, or still waits.</p>
              </Empty>
            ) : (
              <DataTable
                label="Dead letters"
                columns={columns}
                rows={rows}
                rowKey={({ id }) => id}
              />
            )}
          </>
        )}
      </Panel>
      {chosen?.what === "letter" && (
        <DeadLetterDrawer
          letter={chosen.letter}
          onRedrive={() => setChosen({ what: "redrive", id: chosen.letter.id })}
          onClosed={() => setChosen((now) => (now?.what === "letter" ? null : now))}
        />
      )}
      {chosen?.what === "redrive" && (
        <RedriveDialog id={chosen.id} onRedriven={setRedriven} onClosed={() => setChosen(null)} />
      )}
    </>
  );
}

function columnsOf(choose: (chosen: Chosen) => void): Column<DeadLetter>[] {
  return [
    {
      name: "sent_at",
      heading: "Came here (UTC)",
      cell: (letter) => (
        <button
          type="button"
          className="row-button"
          onClick={() => choose({ what: "letter", letter })}
        >
          <span className="visually-hidden">Message of </span>
          {letter.sent_at === null ? "unknown time" : formatUtc(letter.sent_at)}
        </button>
      ),
      csv: ({ sent_at }) => sent_at,
    },
    {
      name: "cause",
      heading: "Cause",
      cell: ({ cause }) =>
        cause ?? <span className="muted">not kept: the queue itself moved it</span>,
      csv: ({ cause }) => cause,
    },
    {
      name: "attempts",
      heading: "Attempts",
      numeric: true,
      cell: ({ attempts }) =>
        attempts === null ? <None said="not counted" /> : formatCount(attempts),
      csv: ({ attempts }) => attempts,
    },
    {
      name: "customer_id",
      heading: "Customer",
      cell: ({ customer_id }) =>
        customer_id === null ? (
          <None said="not readable" />
        ) : (
          <span className="id">{customer_id}</span>
        ),
      csv: ({ customer_id }) => customer_id,
    },
    {
      name: "body",
      heading: "Action",
      cell: (letter) => (
        <button
          type="button"
          className="button small"
          onClick={() => choose({ what: "redrive", id: letter.id })}
        >
          Redrive
          <span className="visually-hidden">
            {" "}
            the message of {letter.sent_at === null ? "unknown time" : formatUtc(letter.sent_at)}
          </span>
        </button>
      ),
      csv: ({ body }) => body,
    },
  ];
}
