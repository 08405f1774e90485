import { useRef, useState } from "react";
import type { ApiKey } from "../../api/types";
import { ErrorPanel } from "../../ui/ErrorPanel";
import { Skeleton } from "../../ui/Skeleton";
import { ApiKeyTable } from "./ApiKeyTable";
import { GenerateKeyDialog } from "./GenerateKeyDialog";
import { RevokeKeyDialog } from "./RevokeKeyDialog";
import { RotateKeyDialog } from "./RotateKeyDialog";
import { useApiKeys } from "./useApiKeys";
import "./api-keys.css";

export function ApiKeysSection() {
  const keys = useApiKeys();
  const [generating, setGenerating] = useState(false);
  const [rotating, setRotating] = useState<ApiKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  function sayRevoked(key: ApiKey) {
    setRevoked(key);
    // The button that had the focus is about to vanish.
    heading.current?.focus();
  }

  return (
    <section aria-labelledby="api-keys-title">
      <div className="section-head">
        <h2 id="api-keys-title" ref={heading} tabIndex={-1}>
          API Keys
        </h2>
        <button type="button" className="button primary" onClick={() => setGenerating(true)}>
          Generate New Key
        </button>
      </div>
      <p className="muted section-intro">
        Applications send a key with every call to the proxy and with every event they report. A key
        is shown once, when it is generated.
      </p>
      <div role="status">
        {revoked !== null && (
          <p className="note">
            The key <strong>{revoked.name}</strong> is revoked.
          </p>
        )}
      </div>
      {keys.data !== undefined ? (
        keys.data.length === 0 ? (
          <div className="state-panel card">
            <p className="state-title">No API keys yet</p>
            <p>Applications need one before they can send anything.</p>
          </div>
        ) : (
          <ApiKeyTable keys={keys.data} onRotate={setRotating} onRevoke={setRevoking} />
        )
      ) : keys.isError ? (
        <ErrorPanel
          what="The API keys could not be loaded."
          error={keys.error}
          onRetry={() => void keys.refetch()}
          retrying={keys.isFetching}
        />
      ) : (
        <Skeleton label="Loading the API keys" lines={4} />
      )}
      {generating && <GenerateKeyDialog onClosed={() => setGenerating(false)} />}
      {rotating !== null && (
        <RotateKeyDialog apiKey={rotating} onClosed={() => setRotating(null)} />
      )}
      {revoking !== null && (
        <RevokeKeyDialog
          apiKey={revoking}
          onRevoked={sayRevoked}
          onClosed={() => setRevoking(null)}
        />
      )}
    </section>
  );
}
