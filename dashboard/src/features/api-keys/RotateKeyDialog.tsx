import { useId, useState, type FormEvent } from "react";
import { useApi } from "../../api/ApiContext";
import { NoAnswerError } from "../../api/errors";
import type { ApiKey } from "../../api/types";
import { formatUtc } from "../../format/time";
import { Dialog, useCloseDialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { ShownOnce } from "./ShownOnce";
import { useRefreshApiKeys } from "./useApiKeys";

const OVERLAPS = [
  { seconds: 0, label: "It stops at once" },
  { seconds: 3_600, label: "One hour" },
  { seconds: 86_400, label: "One day" },
  { seconds: 604_800, label: "Seven days" },
] as const;

const DEFAULT_OVERLAP = 86_400;

interface Props {
  apiKey: ApiKey;
}

/**
 * Asks how long the old key is to hold, then shows the new one once. As with a generated key, it
 * lives in this component's state alone, and is gone with it.
 */
export function RotateKeyDialog({ apiKey, onClosed }: Props & { onClosed: () => void }) {
  const [created, setCreated] = useState<string | null>(null);
  // Closed meanwhile, the answer would be lost, and with it a key that nobody has seen.
  const [sending, setSending] = useState(false);
  return (
    <Dialog
      title={created === null ? "Rotate key" : "Your new key"}
      onClosed={onClosed}
      dismissible={created === null && !sending}
    >
      {created === null ? (
        <RotateForm
          apiKey={apiKey}
          sending={sending}
          onSending={setSending}
          onCreated={setCreated}
        />
      ) : (
        <ShownOnce name={apiKey.name} apiKey={created} />
      )}
    </Dialog>
  );
}

interface FormProps extends Props {
  sending: boolean;
  onSending: (sending: boolean) => void;
  onCreated: (key: string) => void;
}

function RotateForm({ apiKey, sending, onSending, onCreated }: FormProps) {
  const api = useApi();
  const refreshKeys = useRefreshApiKeys();
  const close = useCloseDialog();
  const id = useId();
  const [overlap, setOverlap] = useState<number>(DEFAULT_OVERLAP);
  const [error, setError] = useState<Error | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (sending) {
      return;
    }
    onSending(true);
    setError(null);
    try {
      const { key } = await api.rotateApiKey(apiKey.id, overlap);
      onCreated(key);
    } catch (failure) {
      setError(failure as Error);
      onSending(false);
    } finally {
      refreshKeys();
    }
  }

  return (
    <form className="dialog-form" onSubmit={submit}>
      <p>
        A new key takes the place of <strong>{apiKey.name}</strong> (<code>{apiKey.prefix}…</code>),
        with the same name, scopes and customer
        {apiKey.expires_at
          ? `, and the same end: ${formatUtc(apiKey.expires_at)} UTC. For one that lasts, generate a new key.`
          : "."}
      </p>
      <div className="field">
        <label className="label" htmlFor={`${id}-overlap`}>
          How long the old key still works
        </label>
        <select
          id={`${id}-overlap`}
          value={overlap}
          onChange={(event) => setOverlap(Number(event.target.value))}
          data-autofocus
        >
          {OVERLAPS.map(({ seconds, label }) => (
            <option key={seconds} value={seconds}>
              {label}
            </option>
          ))}
        </select>
        <span className="hint">
          Long enough to put the new key everywhere. The old one can be revoked earlier.
        </span>
      </div>
      <div role="alert">
        {error !== null && (
          <FormError what="The key could not be rotated." error={error}>
            {error instanceof NoAnswerError && (
              <p>
                If there is a second key of this name in the list now, revoke it: nobody saw it.
              </p>
            )}
          </FormError>
        )}
      </div>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close} disabled={sending}>
          Cancel
        </button>
        <button type="submit" className="button primary" aria-disabled={sending}>
          {sending ? "Rotating…" : "Rotate key"}
        </button>
      </div>
    </form>
  );
}
