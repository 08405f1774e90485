import { errorMessage, type PlaygroundProvider } from "./providers";
import { readServerSentEvents } from "./serverSentEvents";

export interface CallRequest {
  proxyUrl: string;
  provider: PlaygroundProvider;
  model: string;
  prompt: string;
  customerId: string;
  userId: string;
  featureId: string;
  /** Of OpenMonetize. */
  apiKey: string;
  providerKey: string;
}

export type Phase = "sending" | "receiving" | "ended" | "stopped" | "failed";

/** How a call stands. */
export interface CallState {
  phase: Phase;
  /** `X-OM-Request-Id`: also the id of the event that the call is booked as. */
  requestId: string | null;
  status: number | null;
  text: string;
  thinking: string;
  /** From sending to the first byte of the answer's body, in milliseconds. */
  firstByteMs: number | null;
  totalMs: number | null;
  /** The provider's word for why it stopped. */
  endReason: string | null;
  problem: string | null;
}

export const SENDING: CallState = {
  phase: "sending",
  requestId: null,
  status: null,
  text: "",
  thinking: "",
  firstByteMs: null,
  totalMs: null,
  endReason: null,
  problem: null,
};

const UNREACHED =
  "The proxy gave no answer that this page may read: it is down, it cannot be reached from this " +
  "browser, or its OM_CORS_ORIGINS does not name this page's origin.";

/**
 * Sends one streamed call through the proxy and tells `show` at every step how it stands. Never
 * throws: what goes wrong is part of the state.
 */
export async function streamCall(
  fetchIt: typeof fetch,
  request: CallRequest,
  signal: AbortSignal,
  show: (state: CallState) => void,
  clock: () => number = () => performance.now(),
): Promise<void> {
  const began = clock();
  let state = SENDING;
  const tell = (change: Partial<CallState>) => {
    state = { ...state, ...change };
    show(state);
  };
  const end = (change: Partial<CallState>) => tell({ ...change, totalMs: clock() - began });
  tell({});
  try {
    const response = await fetchIt(urlOf(request), {
      method: "POST",
      headers: headersOf(request),
      body: JSON.stringify(request.provider.body(request.model, request.prompt)),
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal,
    });
    tell({ requestId: response.headers.get("x-om-request-id"), status: response.status });
    if (!response.ok || response.body === null) {
      const words = errorMessage(await response.text());
      end({ phase: "failed", problem: words ?? `The answer's status is ${response.status}.` });
      return;
    }
    for await (const event of readServerSentEvents(
      response.body.pipeThrough(
        onFirstByte(() => tell({ phase: "receiving", firstByteMs: clock() - began })),
      ),
    )) {
      for (const piece of request.provider.read(event)) {
        switch (piece.kind) {
          case "text":
            tell({ text: state.text + piece.text });
            break;
          case "thinking":
            tell({ thinking: state.thinking + piece.text });
            break;
          case "end":
            tell({ endReason: piece.reason });
            break;
          case "error":
            tell({ problem: piece.message });
            break;
        }
      }
    }
    end({ phase: state.problem === null ? "ended" : "failed" });
  } catch (cause) {
    if (signal.aborted) {
      end({ phase: "stopped" });
    } else {
      const brokeOff = "The answer broke off before its end.";
      end({ phase: "failed", problem: state.status === null ? unreached(cause) : brokeOff });
    }
  }
}

function urlOf({ proxyUrl, provider, model }: CallRequest): string {
  return proxyUrl.replace(/\/+$/, "") + provider.path(model);
}

function headersOf(request: CallRequest): Record<string, string> {
  const headers = {
    "content-type": "application/json",
    "x-om-customer-id": request.customerId,
    "x-om-user-id": request.userId,
    "x-om-feature-id": request.featureId,
    "x-om-api-key": request.apiKey,
    "x-om-metadata": '{"playground":true}',
    ...request.provider.headers(request.providerKey),
  };
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, headerValue(value)]),
  );
}

/** A header holds bytes, one a character; the proxy reads them as UTF-8. */
export function headerValue(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

function unreached(cause: unknown): string {
  const words = cause instanceof Error ? cause.message : String(cause);
  return `${UNREACHED} The browser says: ${words}`;
}

function onFirstByte(tell: () => void): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array> {
  let first = true;
  return new TransformStream({
    transform(chunk, controller) {
      if (first) {
        first = false;
        tell();
      }
      controller.enqueue(chunk);
    },
  });
}
