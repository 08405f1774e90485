import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  OpenMonetize,
  type TrackingClient,
  withAnthropicTracking,
  withGoogleTracking,
  withOpenAITracking,
} from "../../src/index.js";
import { event, type Ingestion, startIngestion, WHO } from "./support/ingestion.js";

const WRAPPERS = [
  ["anthropic", withAnthropicTracking],
  ["openai", withOpenAITracking],
  ["google", withGoogleTracking],
] as const;
const ANSWER = Object.freeze({
  type: "message",
  id: "m",
  usage: Object.freeze({ input_tokens: 1 }),
});

let ingestion: Ingestion;

beforeEach(async () => {
  ingestion = await startIngestion();
});

afterEach(async () => {
  await ingestion.close();
});

async function* pieces(...all: unknown[]) {
  yield* all;
}

test.each(WRAPPERS)("%s_noClient_returnsTheAnswer", async (_, wrap) => {
  const none = undefined as unknown as TrackingClient;

  expect(wrap(none, () => ANSWER, WHO)).toBe(ANSWER);
  expect(await wrap(none, async () => ANSWER, WHO)).toBe(ANSWER);
});

test.each(WRAPPERS)("%s_clientThatThrows_returnsTheAnswer", (_, wrap) => {
  const broken = {
    trackProviderResponse() {
      throw new Error("broken");
    },
    get logger(): never {
      throw new Error("broken too");
    },
  } as unknown as TrackingClient;

  expect(wrap(broken, () => ANSWER, WHO)).toBe(ANSWER);
});

test.each(WRAPPERS)("%s_noContext_returnsTheAnswerAndLogs", (_, wrap) => {
  const answer = wrap(ingestion.client, () => ANSWER, undefined as unknown as typeof WHO);

  expect(answer).toBe(ANSWER);
  expect(ingestion.lines.some((line) => line.startsWith("[OpenMonetize]"))).toBe(true);
});

test.each(WRAPPERS)("%s_serverIsDead_returnsTheAnswer", async (_, wrap) => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const dead = new OpenMonetize({ baseUrl: "http://127.0.0.1:1", maxRetries: 0, logger });

  expect(wrap(dead, () => ANSWER, WHO)).toBe(ANSWER);
  await dead.close();
});

test.each(WRAPPERS)("%s_clientIsClosed_returnsTheAnswer", async (_, wrap) => {
  await ingestion.client.close();

  expect(wrap(ingestion.client, () => ANSWER, WHO)).toBe(ANSWER);
});

const throwing = () => {
  throw new Error("SECRET");
};
const ODD: [string, unknown][] = [
  ["undefined", undefined],
  ["null", null],
  ["a text", "SECRET"],
  ["a number", 1],
  ["a symbol", Symbol("SECRET")],
  ["a function", () => "SECRET"],
  ["an array", ["SECRET"]],
  ["an empty object", {}],
  ["usage that is a text", { type: "message", usage: "SECRET" }],
  ["usage that is an array", { type: "message", usage: ["SECRET answer"] }],
  ["usage with a text", { usage: { input_tokens: 1, note: "SECRET answer" } }],
  ["an answer without a prototype", Object.assign(Object.create(null), ANSWER)],
  ["an answer that is frozen", ANSWER],
  ["a stream that is frozen", Object.freeze(pieces(ANSWER))],
  ["getters that throw", Object.defineProperty({}, "usage", { get: throwing, enumerable: true })],
  [
    "a usage whose members throw",
    { usage: Object.defineProperty({}, "a", { get: throwing, enumerable: true }) },
  ],
  [
    "a proxy that throws",
    new Proxy(
      {},
      {
        get: (_, name) => (name === "then" ? undefined : throwing()),
        ownKeys: throwing,
        getOwnPropertyDescriptor: throwing,
      },
    ),
  ],
  [
    "a usage that holds itself",
    (() => {
      const usage: Record<string, unknown> = {};
      usage["usage"] = usage;
      return { usage };
    })(),
  ],
];

test.each(
  WRAPPERS.flatMap(([name, wrap]) =>
    ODD.map(([about, value]) => [name, about, wrap, value] as const),
  ),
)("%s_%s_isReturnedAsItIs", async (_, __, wrap, value) => {
  expect(wrap(ingestion.client, () => value, WHO)).toBe(value);
  expect(await wrap(ingestion.client, async () => value, WHO)).toBe(value);
  await ingestion.client.flush();

  expect([...ingestion.lines, ...ingestion.bodies].join()).not.toContain("SECRET");
});

test.each(WRAPPERS)("%s_whatIsThrown_isTheVerySame", async (_, wrap) => {
  const own = new Error("SECRET");

  expect(() =>
    wrap(
      ingestion.client,
      () => {
        throw own;
      },
      WHO,
    ),
  ).toThrow(own);
  await expect(
    wrap(
      ingestion.client,
      async () => {
        throw own;
      },
      WHO,
    ),
  ).rejects.toBe(own);
  expect(await ingestion.events()).toEqual([]);
  expect(ingestion.lines.join()).not.toContain("SECRET");
});

test("stream_thrownInto_failsAsUnwrappedAndIsBookedCut", async () => {
  const own = new Error("own");
  const stream = withAnthropicTracking(
    ingestion.client,
    () => pieces({ type: "message_start", message: ANSWER }, ANSWER),
    WHO,
  );
  await stream.next();

  await expect(stream.throw(own)).rejects.toBe(own);
  expect(await ingestion.events()).toEqual([
    event("ANTHROPIC", ANSWER, { streamed: true, response_cut: true }),
  ]);
});

test("stream_returnGivenAValue_handsItOn", async () => {
  const stream = withAnthropicTracking(ingestion.client, () => pieces({ type: "ping" }), WHO);
  await stream.next();

  expect(await stream.return(undefined)).toEqual({ done: true, value: undefined });
});

test("webStream_readByItsValues_isBooked", async () => {
  const web = new ReadableStream({
    start(controller) {
      controller.enqueue({ type: "message_start", message: ANSWER });
      controller.close();
    },
  });
  const watched = withAnthropicTracking(ingestion.client, () => web, WHO);
  const values = (watched as unknown as { values(): AsyncIterable<unknown> }).values();
  for await (const _ of values);

  expect(watched).toBe(web);
  expect(await ingestion.events()).toHaveLength(1);
});

test("olderGoogle_frozenResult_leavesNoUnhandledRejection", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on("unhandledRejection", note);
  const own = new Error("own");
  const result = Object.freeze({ stream: pieces(), response: Promise.reject(own) });

  expect(withGoogleTracking(ingestion.client, () => result, WHO)).toBe(result);
  await expect(result.response).rejects.toBe(own);
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("unhandledRejection", note);

  expect(unhandled).toEqual([]);
});

test.each(WRAPPERS)("%s_thenableThatIsNoPromise_givesItsValue", async (_, wrap) => {
  let asked = 0;
  const lazy = {
    then(resolve: (value: unknown) => void) {
      asked++;
      resolve(ANSWER);
    },
  };

  expect(await wrap(ingestion.client, () => lazy, WHO)).toBe(ANSWER);
  expect(asked).toBe(1);
  expect(await ingestion.events()).toHaveLength(1);
});

test("stream_aMillionPieces_keepsNone", async () => {
  let made = 0;
  async function* long() {
    yield { type: "message_start", message: ANSWER };
    for (; made < 1_000_000; made++) {
      yield { type: "content_block_delta", delta: { text: "x".repeat(100) } };
    }
  }
  const before = process.memoryUsage().heapUsed;
  const stream = withAnthropicTracking(ingestion.client, long, WHO);
  for await (const _ of stream);

  // Kept, they would take several hundred megabytes.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(150_000_000);
  expect(made).toBe(1_000_000);
});

test("stream_droppedHalfRead_isBookedWhenItsMemoryIsFreed", async () => {
  await (async () => {
    const start = { type: "message_start", message: ANSWER };
    await withAnthropicTracking(ingestion.client, () => pieces(start, start), WHO).next();
  })();

  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  await vi.waitFor(
    async () => {
      gc();
      expect(await ingestion.events()).toEqual([
        event("ANTHROPIC", ANSWER, { streamed: true, response_cut: true }),
      ]);
    },
    { timeout: 20_000, interval: 50 },
  );
});
