import { useState, type FormEvent } from "react";
import { useApi } from "../../api/ApiContext";
import type { ApiKey } from "../../api/types";
import { Dialog, useCloseDialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { useRefreshApiKeys } from "./useApiKeys";

interface Props {
  apiKey: ApiKey;
  onRevoked: (key: ApiKey) => void;
}

export function RevokeKeyDialog({ onClosed, ...props }: Props & { onClosed: () => void }) {
  return (
    <Dialog title="Revoke key" onClosed={onClosed}>
      <RevokeForm {...props} />
    </Dialog>
  );
}

function RevokeForm({ apiKey, onRevoked }: Props) {
  const api = useApi();
  const refreshKeys = useRefreshApiKeys();
  const close = useCloseDialog();
  const [typed, setTyped] = useState("");
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const confirmed = typed.trim() === apiKey.name.trim();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (sending || !confirmed) {
      return;
    }
    setSending(true);
    setError(null);
    try {
      await api.revokeApiKey(apiKey.id);
      close();
      onRevoked(apiKey);
    } catch (failure) {
      setError(failure as Error);
      setSending(false);
    } finally {
      refreshKeys();
    }
  }

  return (
    <form className="dialog-form" onSubmit={submit}>
      <p>
        Calls that use <strong>{apiKey.name}</strong> (<code>{apiKey.prefix}…</code>) will be
        refused within 10 seconds. This can&rsquo;t be undone.
      </p>
      <label className="field">
        <span className="label">
          Type <strong>{apiKey.name}</strong> to confirm
        </span>
        <input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
        />
      </label>
      <div role="alert">
        {error !== null && <FormError what="The key could not be revoked." error={error} />}
      </div>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Cancel
        </button>
        <button
          type="submit"
          className="button danger"
          disabled={!confirmed}
          aria-disabled={sending}
        >
          {sending ? "Revoking…" : "Revoke key"}
        </button>
      </div>
    </form>
  );
}
