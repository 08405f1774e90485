import { useCallback, useEffect, useRef, useState } from "react";
import { streamCall, type CallRequest, type CallState } from "./streamCall";

/** One call at a time; leaving the page stops it. */
export function useStreamedCall() {
  const [call, setCall] = useState<CallState | null>(null);
  const control = useRef<AbortController | null>(null);
  useEffect(() => () => control.current?.abort(), []);

  const send = useCallback((request: CallRequest) => {
    control.current?.abort();
    const mine = new AbortController();
    control.current = mine;
    void streamCall(
      (input, init) => window.fetch(input, init),
      request,
      mine.signal,
      // What is left of a call that another one took the place of is not shown.
      (state) => control.current === mine && setCall(state),
    );
  }, []);
  const stop = useCallback(() => control.current?.abort(), []);

  const running = call?.phase === "sending" || call?.phase === "receiving";
  return { call, running, send, stop };
}
