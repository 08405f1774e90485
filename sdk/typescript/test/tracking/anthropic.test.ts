import Anthropic from "@anthropic-ai/sdk";
import { MessageStream } from "@anthropic-ai/sdk/lib/MessageStream";
import { Stream } from "@anthropic-ai/sdk/streaming";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withAnthropicTracking } from "../../src/index.js";
import { event, type Ingestion, startIngestion, WHO } from "./support/ingestion.js";
import { json, named, type Provider, type Reply, startProvider } from "./support/provider.js";

const MESSAGE = {
  id: "msg_1",
  type: "message" as const,
  role: "assistant",
  model: "claude-sonnet-5-5",
  content: [{ type: "text", text: "SECRET answer" }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 12, output_tokens: 5, service_tier: "standard" },
};
const REDUCED = {
  type: "message",
  id: "msg_1",
  model: "claude-sonnet-5-5",
  usage: MESSAGE.usage,
};
const STREAM = [
  {
    type: "message_start",
    message: { ...MESSAGE, content: [], usage: { ...MESSAGE.usage, output_tokens: 1 } },
  },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "ping" },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "SECRET " } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "answer" } },
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 5 } },
  { type: "message_stop" },
];
const WHOLE = event("ANTHROPIC", REDUCED, { streamed: true });
const CUT = event(
  "ANTHROPIC",
  { ...REDUCED, usage: { ...MESSAGE.usage, output_tokens: 1 } },
  { streamed: true, response_cut: true },
);
const PARAMS = {
  model: "claude-sonnet-5-5",
  max_tokens: 100,
  messages: [{ role: "user" as const, content: "SECRET prompt" }],
};
const STREAMED = { ...PARAMS, stream: true as const };

let reply: Reply;
let provider: Provider;
let ingestion: Ingestion;
let anthropic: Anthropic;

beforeEach(async () => {
  provider = await startProvider(() => reply);
  ingestion = await startIngestion();
  anthropic = new Anthropic({ apiKey: "k", baseURL: provider.url, maxRetries: 0 });
});

afterEach(async () => {
  await ingestion.close();
  await provider.close();
});

function tracked<T>(fn: () => T): T {
  return withAnthropicTracking(ingestion.client, fn, WHO);
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const pieces: T[] = [];
  for await (const piece of stream) {
    pieces.push(piece);
  }
  return pieces;
}

test("message_wrapped_equalsUnwrappedAndIsBooked", async () => {
  reply = json(MESSAGE);

  const wrapped = await tracked(() => anthropic.messages.create(PARAMS));

  expect(wrapped).toEqual(await anthropic.messages.create(PARAMS));
  expect(wrapped._request_id).toBe(null);
  expect(await ingestion.events()).toEqual([event("ANTHROPIC", REDUCED)]);
});

test("message_asyncFunction_isBooked", async () => {
  reply = json(MESSAGE);

  const wrapped = await tracked(async () => anthropic.messages.create(PARAMS));

  expect(wrapped.content).toEqual(MESSAGE.content);
  expect(await ingestion.events()).toEqual([event("ANTHROPIC", REDUCED)]);
});

test("apiPromise_withResponse_givesBothAndBooksOnce", async () => {
  reply = { ...json(MESSAGE), headers: { "request-id": "req_1" } };

  const promise = tracked(() => anthropic.messages.create(PARAMS));
  const { data, response, request_id } = await promise.withResponse();

  expect(data).toBe(await promise);
  expect([response.status, request_id]).toEqual([200, "req_1"]);
  expect(provider.calls()).toBe(1);
  expect(await ingestion.events()).toEqual([event("ANTHROPIC", REDUCED)]);
});

test("apiPromise_withResponseWithinFunction_isBooked", async () => {
  reply = json(MESSAGE);

  const { data } = await tracked(() => anthropic.messages.create(PARAMS).withResponse());

  expect(data.id).toBe("msg_1");
  expect(await ingestion.events()).toEqual([event("ANTHROPIC", REDUCED)]);
});

test.each(["json", "text"] as const)("apiPromise_asResponseReadAs_%s_isBooked", async (read) => {
  reply = json(MESSAGE);

  const response = await tracked(() => anthropic.messages.create(PARAMS)).asResponse();
  const body: unknown = await response[read]();

  expect(read === "json" ? body : JSON.parse(String(body))).toEqual(MESSAGE);
  expect(await ingestion.events()).toEqual([event("ANTHROPIC", REDUCED)]);
});

test("apiPromise_notAwaited_isTheVerySameAndBooksNothing", async () => {
  reply = json(MESSAGE);

  const promise = anthropic.messages.create(PARAMS);

  expect(tracked(() => promise)).toBe(promise);
  expect(await ingestion.events()).toEqual([]);
  await promise.asResponse();
});

test("countTokens_wrapped_isReturnedAndNotBooked", async () => {
  reply = json({ input_tokens: 9 });

  const counted = await tracked(() => anthropic.messages.countTokens(PARAMS));

  expect(counted.input_tokens).toBe(9);
  expect(await ingestion.events()).toEqual([]);
});

test("stream_readToItsEnd_equalsUnwrappedAndIsBookedWhole", async () => {
  reply = named(STREAM);

  const wrapped = await tracked(() => anthropic.messages.create(STREAMED));
  const pieces = await all(wrapped);

  expect(wrapped).toBeInstanceOf(Stream);
  expect(wrapped.controller).toBeInstanceOf(AbortController);
  expect(pieces).toEqual(await all(await anthropic.messages.create(STREAMED)));
  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("stream_withResponse_isBooked", async () => {
  reply = named(STREAM);

  const { data } = await tracked(() => anthropic.messages.create(STREAMED)).withResponse();
  await all(data);

  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("stream_callerBreaks_isBookedCutAndAborted", async () => {
  reply = named(STREAM.slice(0, 5), "never");

  const stream = await tracked(() => anthropic.messages.create(STREAMED));
  for await (const piece of stream) {
    if (piece.type === "content_block_delta") {
      break;
    }
  }

  expect(await ingestion.events()).toEqual([CUT]);
  expect(stream.controller.signal.aborted).toBe(true);
  await provider.left(1);
});

test("stream_callerThrows_isBookedCutAndItsErrorComesThrough", async () => {
  reply = named(STREAM.slice(0, 5), "never");
  const own = new Error("own");

  const stream = await tracked(() => anthropic.messages.create(STREAMED));
  const reading = (async () => {
    for await (const piece of stream) {
      if (piece.type === "content_block_delta") {
        throw own;
      }
    }
  })();

  await expect(reading).rejects.toBe(own);
  expect(await ingestion.events()).toEqual([CUT]);
});

test("stream_controllerAborted_endsAsUnwrappedAndIsBookedCut", async () => {
  reply = named(STREAM.slice(0, 5), "never");

  const stream = await tracked(() => anthropic.messages.create(STREAMED));
  for await (const piece of stream) {
    if (piece.type === "content_block_delta") {
      stream.controller.abort();
    }
  }

  expect(await ingestion.events()).toEqual([CUT]);
});

test("stream_abortedAndNotReadOn_isBookedCut", async () => {
  reply = named(STREAM.slice(0, 5), "never");

  const stream = await tracked(() => anthropic.messages.create(STREAMED));
  await stream[Symbol.asyncIterator]().next();
  stream.controller.abort();
  await new Promise((resolve) => setTimeout(resolve, 10));

  expect(await ingestion.events()).toEqual([CUT]);
});

test("stream_connectionBreaks_failsAndIsBookedCut", async () => {
  reply = named(STREAM.slice(0, 5), "broken");

  const reading = all(await tracked(() => anthropic.messages.create(STREAMED)));

  await expect(reading).rejects.toThrow("terminated");
  expect(await ingestion.events()).toEqual([CUT]);
});

test("stream_errorEvent_isThrownAndBookedCut", async () => {
  const overloaded = { type: "error", error: { type: "overloaded_error", message: "SECRET" } };
  reply = named([...STREAM.slice(0, 4), overloaded]);

  const stream = await tracked(() => anthropic.messages.create(STREAMED));

  await expect(all(stream)).rejects.toBeInstanceOf(Anthropic.APIError);
  expect(await ingestion.events()).toEqual([CUT]);
});

test("stream_errorBeforeAnything_booksNothing", async () => {
  reply = named([{ type: "error", error: { type: "overloaded_error", message: "SECRET" } }]);

  const stream = await tracked(() => anthropic.messages.create(STREAMED));

  await expect(all(stream)).rejects.toBeInstanceOf(Anthropic.APIError);
  expect(await ingestion.events()).toEqual([]);
});

test("stream_endsWithoutItsLastEvents_isBookedCut", async () => {
  reply = named(STREAM.slice(0, 5));

  await all(await tracked(() => anthropic.messages.create(STREAMED)));

  expect(await ingestion.events()).toEqual([CUT]);
});

test("stream_neverIterated_booksNothing", async () => {
  reply = named(STREAM);

  await tracked(() => anthropic.messages.create(STREAMED));

  expect(await ingestion.events()).toEqual([]);
});

test("stream_iteratedTwice_failsAsUnwrappedAndIsBookedOnce", async () => {
  reply = named(STREAM);

  const stream = await tracked(() => anthropic.messages.create(STREAMED));
  await all(stream);

  await expect(all(stream)).rejects.toThrow("consumed stream");
  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("stream_teed_bothBranchesReadAndBookedOnce", async () => {
  reply = named(STREAM);

  const stream = await tracked(() => anthropic.messages.create(STREAMED));
  const [left, right] = stream.tee();

  expect(left).toBeInstanceOf(Stream);
  expect(await all(left)).toEqual(await all(right));
  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("stream_teedAndOneBranchLeft_isBookedWhole", async () => {
  reply = named(STREAM);

  const [left, right] = (await tracked(() => anthropic.messages.create(STREAMED))).tee();
  for await (const _ of left) {
    break;
  }
  await all(right);

  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("stream_teedAndBothBranchesLeft_isBookedCut", async () => {
  reply = named(STREAM);

  const branches = (await tracked(() => anthropic.messages.create(STREAMED))).tee();
  for (const branch of branches) {
    for await (const _ of branch) {
      break;
    }
  }

  expect(await ingestion.events()).toEqual([CUT]);
});

test("stream_asReadableStream_isBooked", async () => {
  reply = named(STREAM);

  const stream = await tracked(() => anthropic.messages.create(STREAMED));
  const text = await new Response(stream.toReadableStream()).text();

  expect(text.split("\n").filter(Boolean)).toHaveLength(STREAM.length - 1);
  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("stream_readableStreamCancelled_isBookedCut", async () => {
  reply = named(STREAM.slice(0, 5), "never");

  const stream = await tracked(() => anthropic.messages.create(STREAMED));
  const reader = stream.toReadableStream().getReader();
  await reader.read();
  await reader.cancel();

  expect(await ingestion.events()).toEqual([CUT]);
});

test.each([401, 429, 500, 529])("error_%d_isTheVerySameAndNothingIsBooked", async (status) => {
  reply = json({ type: "error", error: { type: "an_error", message: "SECRET" } }, status);
  let thrown: unknown;
  const failing = () =>
    anthropic.messages.create(PARAMS).catch((error: unknown) => {
      thrown = error;
      throw error;
    });

  const caught = await tracked(failing).catch((error: unknown) => error);

  expect(caught).toBeInstanceOf(Anthropic.APIError);
  expect(caught).toBe(thrown);
  expect((caught as InstanceType<typeof Anthropic.APIError>).status).toBe(status);
  await expect(tracked(() => anthropic.messages.create(PARAMS))).rejects.toMatchObject({ status });
  expect(await ingestion.events()).toEqual([]);
});

test("messageStream_finalMessage_equalsUnwrappedAndIsBooked", async () => {
  reply = named(STREAM);

  const helper = tracked(() => anthropic.messages.stream(PARAMS));
  const final = await helper.finalMessage();

  expect(helper).toBeInstanceOf(MessageStream);
  expect(final).toEqual(await anthropic.messages.stream(PARAMS).finalMessage());
  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("messageStream_iteratedAndLeft_isBookedCut", async () => {
  reply = named(STREAM.slice(0, 5), "never");

  const helper = tracked(() => anthropic.messages.stream(PARAMS));
  for await (const piece of helper) {
    if (piece.type === "content_block_delta") {
      break;
    }
  }
  await helper.done().catch(() => undefined);

  expect(await ingestion.events()).toEqual([CUT]);
});

test("messageStream_refused_rejectsAsUnwrappedAndNothingIsBooked", async () => {
  reply = json({ type: "error", error: { type: "rate_limit_error", message: "no" } }, 429);

  await expect(tracked(() => anthropic.messages.stream(PARAMS)).done()).rejects.toMatchObject({
    status: 429,
  });

  expect(await ingestion.events()).toEqual([]);
});

test("messageStream_alreadyEnded_isBooked", async () => {
  reply = named(STREAM);

  await tracked(async () => {
    const helper = anthropic.messages.stream(PARAMS);
    await helper.done();
    return helper;
  });

  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("toolRunner_twoTurns_booksEach", async () => {
  const asking = {
    ...MESSAGE,
    id: "msg_0",
    stop_reason: "tool_use",
    content: [{ type: "tool_use", id: "toolu_1", name: "weather", input: {} }],
  };
  const replies = [json(asking), json(MESSAGE)];
  provider = await startProvider(() => replies.shift() ?? json(MESSAGE));
  anthropic = new Anthropic({ apiKey: "k", baseURL: provider.url, maxRetries: 0 });

  const runner = tracked(() =>
    anthropic.beta.messages.toolRunner({
      ...PARAMS,
      tools: [
        {
          type: "custom",
          name: "weather",
          input_schema: { type: "object" },
          run: () => "fine",
          parse: (input: unknown) => input,
        },
      ],
    }),
  );
  const final = await runner;

  expect(final.id).toBe("msg_1");
  expect(await ingestion.events()).toEqual([
    event("ANTHROPIC", { ...REDUCED, id: "msg_0" }),
    event("ANTHROPIC", REDUCED),
  ]);
});
