import { expect, test } from "vitest";
import { providerOf } from "./providers";
import { headerValue, streamCall, type CallRequest, type CallState } from "./streamCall";

const REQUEST: CallRequest = {
  proxyUrl: "http://127.0.0.1:8082/",
  provider: providerOf("OPENAI"),
  model: "gpt-4.1-mini",
  prompt: "What is a meter for?",
  customerId: "acme",
  userId: "größer",
  featureId: "playground",
  apiKey: "om_dev_key",
  providerKey: "provider-key",
};

const CHUNKS = ["Hel", "lo"].map(
  (content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`,
);

function answering(body: BodyInit | null, status = 200) {
  const calls: Request[] = [];
  const fetchIt: typeof fetch = async (input, init) => {
    calls.push(new Request(input, init));
    return new Response(body, { status, headers: { "x-om-request-id": "r-1" } });
  };
  return { calls, fetchIt };
}

async function run(fetchIt: typeof fetch, signal = new AbortController().signal) {
  const states: CallState[] = [];
  let now = 0;
  await streamCall(
    fetchIt,
    REQUEST,
    signal,
    (state) => states.push(state),
    () => (now += 10),
  );
  return states;
}

test("call_streamed_tellsEachPieceAndTheTimes", async () => {
  const { calls, fetchIt } = answering(CHUNKS.join("") + "data: [DONE]\n\n");
  const states = await run(fetchIt);
  expect(states.map((state) => state.text)).toEqual(["", "", "", "Hel", "Hello", "Hello"]);
  expect(states.at(-1)).toMatchObject({
    phase: "ended",
    requestId: "r-1",
    status: 200,
    firstByteMs: 10,
    totalMs: 20,
    problem: null,
  });
  expect(calls[0]!.url).toBe("http://127.0.0.1:8082/v1/chat/completions");
  expect(await calls[0]!.json()).toMatchObject({ model: "gpt-4.1-mini", stream: true });
});

test("call_sent_carriesKeysAndIdsInHeadersOnlyAndNoCookies", async () => {
  const { calls, fetchIt } = answering("");
  await run(fetchIt);
  const call = calls[0]!;
  expect(call.headers.get("x-om-customer-id")).toBe("acme");
  expect(call.headers.get("x-om-user-id")).toBe(headerValue("größer"));
  expect(call.headers.get("x-om-api-key")).toBe("om_dev_key");
  expect(call.headers.get("authorization")).toBe("Bearer provider-key");
  expect(call.credentials).toBe("omit");
  expect(call.url + (await call.text())).not.toMatch(/om_dev_key|provider-key/);
});

test("call_refused_saysTheProxysWords", async () => {
  const { fetchIt } = answering('{"error":{"message":"Invalid OpenMonetize API key"}}', 401);
  expect((await run(fetchIt)).at(-1)).toMatchObject({
    phase: "failed",
    status: 401,
    requestId: "r-1",
    problem: "Invalid OpenMonetize API key",
  });
});

test("call_errorInsideTheStream_keepsWhatCame", async () => {
  const { fetchIt } = answering(CHUNKS[0] + 'data: {"error":{"message":"Overloaded"}}\n\n');
  expect((await run(fetchIt)).at(-1)).toMatchObject({
    phase: "failed",
    text: "Hel",
    problem: "Overloaded",
  });
});

test("call_breaksOff_keepsWhatCameAndSaysSo", async () => {
  const pieces = [new TextEncoder().encode(CHUNKS[0])];
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) {
        controller.error(new TypeError("network error"));
      } else {
        controller.enqueue(piece);
      }
    },
  });
  const last = (await run(answering(body).fetchIt)).at(-1);
  expect(last).toMatchObject({ phase: "failed", text: "Hel" });
  expect(last?.problem).toContain("broke off");
});

test("call_noAnswer_namesTheLikelyCauses", async () => {
  const last = (await run(() => Promise.reject(new TypeError("Failed to fetch")))).at(-1);
  expect(last).toMatchObject({ phase: "failed", requestId: null });
  expect(last?.problem).toMatch(/OM_CORS_ORIGINS.*Failed to fetch/);
});

test("call_stopped_isNoFailure", async () => {
  const stop = new AbortController();
  const last = (
    await run(() => {
      stop.abort();
      return Promise.reject(stop.signal.reason);
    }, stop.signal)
  ).at(-1);
  expect(last).toMatchObject({ phase: "stopped", problem: null });
});

test("headerValue_anyText_isItsUtf8BytesACharacterEach", () => {
  expect(headerValue("aö€")).toBe("a\u00c3\u00b6\u00e2\u0082\u00ac");
});
