import { useState } from "react";
import { useApi } from "../../api/ApiContext";
import { Dialog, useCloseDialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { useRefreshPipeline } from "./usePipeline";

interface Props {
  id: string | "all";
  onRedriven: (count: number) => void;
}

export function RedriveDialog({ onClosed, ...props }: Props & { onClosed: () => void }) {
  return (
    <Dialog
      title={props.id === "all" ? "Redrive all dead letters" : "Redrive the message"}
      onClosed={onClosed}
    >
      <Confirm {...props} />
    </Dialog>
  );
}

function Confirm({ id, onRedriven }: Props) {
  const api = useApi();
  const refresh = useRefreshPipeline();
  const close = useCloseDialog();
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  async function redrive() {
    if (sending) {
      return;
    }
    setSending(true);
    setError(null);
    try {
      const count = await api.redrive(id);
      close();
      onRedriven(count);
    } catch (failure) {
      setError(failure as Error);
      setSending(false);
    } finally {
      refresh();
    }
  }

  return (
    <div className="dialog-form">
      <p>
        {id === "all"
          ? "All messages here go to the queue again, 500 at a time, and workers try to book them once more."
          : "The message goes to the queue again, and a worker tries to book it once more."}{" "}
        Whatever was booked already is not counted twice.
      </p>
      <div role="alert">
        {error !== null && <FormError what="Redriving did not work." error={error} />}
      </div>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          className="button primary"
          data-autofocus
          onClick={() => void redrive()}
          aria-disabled={sending}
        >
          {sending ? "Sending…" : id === "all" ? "Redrive all" : "Redrive"}
        </button>
      </div>
    </div>
  );
}
