import { CopyButton } from "../../ui/CopyButton";
import { useCloseDialog } from "../../ui/Dialog";

/** A new key, the only time that it is shown. */
export function ShownOnce({ name, apiKey }: { name: string; apiKey: string }) {
  const close = useCloseDialog();
  return (
    <div className="dialog-form">
      <p>
        This is the key <strong>{name}</strong>. Copy it now and keep it safe: it can&rsquo;t be
        shown again.
      </p>
      <div className="shown-key">
        <input
          readOnly
          autoFocus
          value={apiKey}
          aria-label="API key"
          spellCheck={false}
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={apiKey} what="the key" className="button" />
      </div>
      <div className="dialog-actions">
        <button type="button" className="button primary" onClick={close}>
          I have stored it
        </button>
      </div>
    </div>
  );
}
