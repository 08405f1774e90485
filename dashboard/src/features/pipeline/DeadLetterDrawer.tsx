import type { DeadLetter } from "../../api/types";
import { formatUtcExact } from "../../format/time";
import { CodeBlock } from "../../ui/CodeBlock";
import { useCloseDialog } from "../../ui/Dialog";
import { Drawer } from "../../ui/Drawer";
import { prettyJson } from "../activity/eventFields";
import { Fact, IdFact, Section } from "../../ui/Facts";

interface Props {
  letter: DeadLetter;
  onRedrive: () => void;
  onClosed: () => void;
}

export function DeadLetterDrawer({ letter, onRedrive, onClosed }: Props) {
  return (
    <Drawer title="Dead letter" onClosed={onClosed}>
      <div className="details">
        <dl className="facts">
          <Fact label="Cause">{letter.cause ?? "not kept: the queue itself moved it"}</Fact>
          <Fact label="Attempts">
            {letter.attempts === null ? "not counted" : String(letter.attempts)}
          </Fact>
          <Fact label="Came here">{letter.sent_at && `${formatUtcExact(letter.sent_at)} UTC`}</Fact>
          <Fact label="Customer">{letter.customer_id ?? "not readable"}</Fact>
          <IdFact label="Message id" value={letter.id} />
        </dl>
        <Section title="Message">
          <CodeBlock text={prettyJson(letter.body)} what="message" />
        </Section>
        <p>
          <RedriveButton onRedrive={onRedrive} />
        </p>
      </div>
    </Drawer>
  );
}

function RedriveButton({ onRedrive }: { onRedrive: () => void }) {
  const close = useCloseDialog();
  return (
    <button
      type="button"
      className="button"
      onClick={() => {
        onRedrive();
        close();
      }}
    >
      Redrive
    </button>
  );
}
