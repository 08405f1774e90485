import { useState } from "react";
import { CallForm, type Wanted } from "./CallForm";
import { CallResult } from "./CallResult";
import { PageHeading } from "../../ui/PageHeading";
import { PLAYGROUND_PATH } from "../../paths";
import { hrefTo, navigate } from "../../router";
import { useSession } from "../session/useSession";
import { providerOf } from "./providers";
import { useStreamedCall } from "./useStreamedCall";
import "./playground.css";

/** Sends one call through the proxy, as an application would, and shows what becomes of it. */
export function PlaygroundPage({ search }: { search: string }) {
  const { proxy_url } = useSession();
  const { call, running, send, stop } = useStreamedCall();
  const [customerId, setCustomerId] = useState("");

  function submit(wanted: Wanted) {
    const { provider, model, customerId, userId, featureId } = wanted;
    const kept = {
      provider,
      model,
      customer_id: customerId,
      user_id: userId,
      feature_id: featureId,
    };
    navigate(hrefTo(PLAYGROUND_PATH, new URLSearchParams(kept)), { replace: true });
    setCustomerId(customerId);
    send({ ...wanted, provider: providerOf(provider), proxyUrl: proxy_url ?? "" });
  }

  return (
    <>
      <PageHeading title="Playground" />
      <p className="muted">
        One streamed call through the proxy, straight from this browser, as an application would
        send it. It is booked like any other.
      </p>
      {proxy_url === null ? (
        <p className="warning-note" role="alert">
          This deployment does not say where its proxy is: set OM_PROXY_URL for the query function.
        </p>
      ) : (
        <div className="playground">
          <CallForm search={search} running={running} onSend={submit} onStop={stop} />
          <CallResult call={call} customerId={customerId} />
        </div>
      )}
    </>
  );
}
