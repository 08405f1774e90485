import { useId, useState, type FormEvent } from "react";
import { useApi } from "../../api/ApiContext";
import { NoAnswerError } from "../../api/errors";
import type { NewApiKey, Scope } from "../../api/types";
import { Dialog, useCloseDialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { useSession } from "../session/useSession";
import { ShownOnce } from "./ShownOnce";
import { useRefreshApiKeys } from "./useApiKeys";

const SCOPES: readonly { scope: Scope; meaning: string }[] = [
  { scope: "proxy", meaning: "call AI providers through the proxy" },
  { scope: "ingest", meaning: "report events" },
  { scope: "read", meaning: "read usage through the API" },
];

interface Created {
  name: string;
  key: string;
}

/**
 * Asks for what the key is to be, then shows it once. The key lives in this component's state alone
 * (not in the query cache, which keeps answers for minutes), and is gone with it.
 */
export function GenerateKeyDialog({ onClosed }: { onClosed: () => void }) {
  const [created, setCreated] = useState<Created | null>(null);
  // Closed meanwhile, the answer would be lost, and with it a key that nobody has seen.
  const [sending, setSending] = useState(false);
  return (
    <Dialog
      title={created === null ? "Generate New Key" : "Your new key"}
      onClosed={onClosed}
      dismissible={created === null && !sending}
    >
      {created === null ? (
        <KeyForm sending={sending} onSending={setSending} onCreated={setCreated} />
      ) : (
        <ShownOnce name={created.name} apiKey={created.key} />
      )}
    </Dialog>
  );
}

interface FormProps {
  sending: boolean;
  onSending: (sending: boolean) => void;
  onCreated: (created: Created) => void;
}

function KeyForm({ sending, onSending, onCreated }: FormProps) {
  const api = useApi();
  const refreshKeys = useRefreshApiKeys();
  const close = useCloseDialog();
  const id = useId();
  const { environment } = useSession();
  const [scopes, setScopes] = useState<readonly Scope[]>(SCOPES.map(({ scope }) => scope));
  const [problem, setProblem] = useState<string | Error | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (sending) {
      return;
    }
    const fields = new FormData(event.currentTarget);
    const name = String(fields.get("name")).trim();
    const customer = String(fields.get("customer_id")).trim();
    const refusal =
      name === ""
        ? "Give the key a name."
        : scopes.length === 0
          ? "Choose at least one scope."
          : null;
    if (refusal !== null) {
      setProblem(refusal);
      return;
    }
    onSending(true);
    setProblem(null);
    const wanted: NewApiKey = {
      name,
      scopes: [...scopes],
      ...(customer === "" ? {} : { customer_id: customer }),
    };
    try {
      const { key } = await api.createApiKey(wanted);
      onCreated({ name, key });
    } catch (failure) {
      setProblem(failure as Error);
      onSending(false);
    } finally {
      refreshKeys();
    }
  }

  function toggle(scope: Scope, on: boolean) {
    setScopes(
      SCOPES.map((each) => each.scope).filter((each) =>
        each === scope ? on : scopes.includes(each),
      ),
    );
  }

  return (
    <form className="dialog-form" onSubmit={submit}>
      <div className="field">
        <label className="label" htmlFor={`${id}-name`}>
          Name
        </label>
        <input
          id={`${id}-name`}
          name="name"
          required
          maxLength={100}
          autoComplete="off"
          data-autofocus
          aria-describedby={`${id}-name-hint`}
        />
        <span className="hint" id={`${id}-name-hint`}>
          Where it is used, such as &ldquo;checkout service&rdquo;.
        </span>
      </div>
      <p className="field">
        <span className="label">Environment</span>
        <span>
          <strong>{environment}</strong>{" "}
          <span className="muted">(that of this deployment; the key works nowhere else)</span>
        </span>
      </p>
      <fieldset className="field">
        <legend className="label">Scopes</legend>
        {SCOPES.map(({ scope, meaning }) => (
          <label key={scope} className="check">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={(event) => toggle(scope, event.target.checked)}
            />
            <span>
              {scope} <span className="muted">– {meaning}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label className="label" htmlFor={`${id}-customer`}>
          Customer <span className="label-note">optional</span>
        </label>
        <input
          id={`${id}-customer`}
          name="customer_id"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby={`${id}-customer-hint`}
        />
        <span className="hint" id={`${id}-customer-hint`}>
          The key then works for this customer only.
        </span>
      </div>
      <div role="alert">{problem !== null && <Problem problem={problem} />}</div>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close} disabled={sending}>
          Cancel
        </button>
        <button type="submit" className="button primary" aria-disabled={sending}>
          {sending ? "Generating…" : "Generate key"}
        </button>
      </div>
    </form>
  );
}

function Problem({ problem }: { problem: string | Error }) {
  if (typeof problem === "string") {
    return <p className="form-error">{problem}</p>;
  }
  return (
    <FormError what="The key could not be generated." error={problem}>
      {problem instanceof NoAnswerError && (
        <p>If a key of this name is in the list now, revoke it: nobody has seen it.</p>
      )}
    </FormError>
  );
}
