import OpenAI from "openai";
import { ChatCompletionStream } from "openai/lib/ChatCompletionStream";
import { ResponseStream } from "openai/lib/responses/ResponseStream";
import { Stream } from "openai/streaming";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withOpenAITracking } from "../../src/index.js";
import { event, type Ingestion, startIngestion, WHO } from "./support/ingestion.js";
import {
  chunks,
  json,
  named,
  type Provider,
  type Reply,
  startProvider,
} from "./support/provider.js";

const USAGE = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 };
const COMPLETION = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "gpt-5.6",
  service_tier: "default",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "SECRET answer", refusal: null },
      finish_reason: "stop",
      logprobs: null,
    },
  ],
  usage: USAGE,
};
const REDUCED = {
  id: "chatcmpl-1",
  object: "chat.completion",
  model: "gpt-5.6",
  service_tier: "default",
  usage: USAGE,
};
const CHAT = { model: "gpt-5.6", messages: [{ role: "user" as const, content: "SECRET prompt" }] };
const CHAT_STREAM = {
  ...CHAT,
  stream: true as const,
  stream_options: { include_usage: true },
};

function chunk(content: string | null, finish: string | null = null, usage: unknown = null) {
  const delta = content === null ? {} : { role: "assistant", content };
  const choices = usage === null ? [{ index: 0, delta, finish_reason: finish }] : [];
  const { id, created, model, service_tier } = COMPLETION;
  return { id, object: "chat.completion.chunk", created, model, service_tier, choices, usage };
}
const CHUNKS = [chunk("SECRET "), chunk("answer"), chunk(null, "stop"), chunk(null, null, USAGE)];
const WHOLE = event("OPENAI", REDUCED, { streamed: true });
const { usage: _usage, ...UNMEASURED } = REDUCED;
const CUT = event("OPENAI", UNMEASURED, { streamed: true, response_cut: true });

const RESPONSE = {
  id: "resp_1",
  object: "response",
  created_at: 1,
  status: "completed",
  model: "gpt-5.6",
  service_tier: "default",
  output: [
    { id: "ws_1", type: "web_search_call", action: { type: "search", query: "SECRET query" } },
    {
      id: "m_1",
      type: "message",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text: "SECRET answer", annotations: [] }],
    },
  ],
  tools: [{ type: "web_search", description: "SECRET tool" }],
  usage: { input_tokens: 12, output_tokens: 5, total_tokens: 17 },
};
const REDUCED_RESPONSE = {
  id: "resp_1",
  object: "response",
  model: "gpt-5.6",
  service_tier: "default",
  status: "completed",
  output: [{ type: "web_search_call" }],
  tools: [{ type: "web_search" }],
  usage: RESPONSE.usage,
};
const CREATED = { ...RESPONSE, status: "in_progress", output: [], usage: null };
const RESPONSE_EVENTS = [
  { type: "response.created", sequence_number: 0, response: CREATED },
  {
    type: "response.output_item.added",
    sequence_number: 1,
    output_index: 0,
    item: { ...RESPONSE.output[1], content: [] },
  },
  {
    type: "response.content_part.added",
    sequence_number: 2,
    output_index: 0,
    content_index: 0,
    part: { type: "output_text", text: "", annotations: [] },
  },
  {
    type: "response.output_text.delta",
    sequence_number: 3,
    output_index: 0,
    content_index: 0,
    delta: "SECRET answer",
  },
  { type: "response.completed", sequence_number: 4, response: RESPONSE },
];
const ASK = { model: "gpt-5.6", input: "SECRET prompt" };

let reply: Reply;
let provider: Provider;
let ingestion: Ingestion;
let openai: OpenAI;

beforeEach(async () => {
  provider = await startProvider(() => reply);
  ingestion = await startIngestion();
  openai = new OpenAI({ apiKey: "k", baseURL: `${provider.url}/v1`, maxRetries: 0 });
});

afterEach(async () => {
  await ingestion.close();
  await provider.close();
});

function tracked<T>(fn: () => T): T {
  return withOpenAITracking(ingestion.client, fn, WHO);
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const pieces: T[] = [];
  for await (const piece of stream) {
    pieces.push(piece);
  }
  return pieces;
}

test("completion_wrapped_equalsUnwrappedAndIsBooked", async () => {
  reply = json(COMPLETION);

  const wrapped = await tracked(() => openai.chat.completions.create(CHAT));

  expect(wrapped).toEqual(await openai.chat.completions.create(CHAT));
  expect(await ingestion.events()).toEqual([event("OPENAI", REDUCED)]);
});

test("completion_parseHelper_isBooked", async () => {
  reply = json(COMPLETION);

  const parsed = await tracked(() => openai.chat.completions.parse(CHAT));

  expect(parsed.choices[0]?.message.content).toBe("SECRET answer");
  expect(await ingestion.events()).toEqual([event("OPENAI", REDUCED)]);
});

test("completion_withResponse_isBookedOnce", async () => {
  reply = { ...json(COMPLETION), headers: { "x-request-id": "req_1" } };

  const got = await tracked(() => openai.chat.completions.create(CHAT)).withResponse();

  expect(got.request_id).toBe("req_1");
  expect(await ingestion.events()).toEqual([event("OPENAI", REDUCED)]);
});

test("completion_noUsage_isBookedAsMissing", async () => {
  const { usage: _, ...unmeasured } = COMPLETION;
  reply = json(unmeasured);

  await tracked(() => openai.chat.completions.create(CHAT));

  expect(await ingestion.events()).toEqual([event("OPENAI", UNMEASURED)]);
});

test("chatStream_readToItsEnd_equalsUnwrappedAndIsBooked", async () => {
  reply = chunks(CHUNKS);

  const wrapped = await tracked(() => openai.chat.completions.create(CHAT_STREAM));
  const pieces = await all(wrapped);

  expect(wrapped).toBeInstanceOf(Stream);
  expect(pieces).toEqual(await all(await openai.chat.completions.create(CHAT_STREAM)));
  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("chatStream_usageNotAskedFor_isBookedAsMissingAndTheLogSaysHow", async () => {
  reply = chunks(CHUNKS.slice(0, 3));

  await all(await tracked(() => openai.chat.completions.create({ ...CHAT, stream: true })));
  await all(await tracked(() => openai.chat.completions.create({ ...CHAT, stream: true })));

  const missing = event("OPENAI", UNMEASURED, { streamed: true });
  expect(await ingestion.events()).toEqual([missing, missing]);
  expect(ingestion.lines.filter((line) => line.includes("include_usage"))).toHaveLength(1);
});

test("chatStream_callerBreaks_isBookedCut", async () => {
  reply = chunks(CHUNKS.slice(0, 2), "never");

  for await (const _ of await tracked(() => openai.chat.completions.create(CHAT_STREAM))) {
    break;
  }

  expect(await ingestion.events()).toEqual([CUT]);
  await provider.left(1);
});

test("chatStream_callerBreaksAtTheUsage_isBookedWhole", async () => {
  reply = chunks(CHUNKS, "never");

  for await (const piece of await tracked(() => openai.chat.completions.create(CHAT_STREAM))) {
    if (piece.usage) {
      break;
    }
  }

  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("chatStream_signalAborted_isBookedCut", async () => {
  reply = chunks(CHUNKS.slice(0, 2), "never");
  const controller = new AbortController();
  const { signal } = controller;

  const stream = await tracked(() => openai.chat.completions.create(CHAT_STREAM, { signal }));
  for await (const _ of stream) {
    controller.abort();
  }

  expect(await ingestion.events()).toEqual([CUT]);
});

test("chatStream_connectionBreaks_failsAndIsBookedCut", async () => {
  reply = chunks(CHUNKS.slice(0, 2), "broken");

  const stream = await tracked(() => openai.chat.completions.create(CHAT_STREAM));

  await expect(all(stream)).rejects.toThrow("terminated");
  expect(await ingestion.events()).toEqual([CUT]);
});

test("chatStream_teed_isBookedOnce", async () => {
  reply = chunks(CHUNKS);

  const [left, right] = (await tracked(() => openai.chat.completions.create(CHAT_STREAM))).tee();

  expect(await all(left)).toEqual(await all(right));
  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("chatHelper_finalCompletion_equalsUnwrappedAndIsBooked", async () => {
  reply = chunks(CHUNKS);

  const helper = tracked(() => openai.chat.completions.stream(CHAT_STREAM));
  const final = await helper.finalChatCompletion();

  expect(helper).toBeInstanceOf(ChatCompletionStream);
  expect(final).toEqual(await openai.chat.completions.stream(CHAT_STREAM).finalChatCompletion());
  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("chatHelper_iteratedAndLeft_isBookedCut", async () => {
  reply = chunks(CHUNKS.slice(0, 2), "never");

  const helper = tracked(() => openai.chat.completions.stream(CHAT_STREAM));
  for await (const _ of helper) {
    break;
  }
  await helper.done().catch(() => undefined);

  expect(await ingestion.events()).toEqual([CUT]);
});

test("chatHelper_refused_rejectsAndNothingIsBooked", async () => {
  reply = json({ error: { message: "SECRET", type: "requests", code: "rate_limit" } }, 429);

  const helper = tracked(() => openai.chat.completions.stream(CHAT_STREAM));

  await expect(helper.done()).rejects.toBeInstanceOf(OpenAI.RateLimitError);
  expect(await ingestion.events()).toEqual([]);
});

test("chatHelper_alreadyEnded_isBooked", async () => {
  reply = chunks(CHUNKS);

  await tracked(async () => {
    const helper = openai.chat.completions.stream(CHAT_STREAM);
    await helper.done();
    return helper;
  });

  expect(await ingestion.events()).toEqual([WHOLE]);
});

test.each([false, true])("toolRunner_streamed_%s_booksEachCompletion", async (streamed) => {
  const call = { id: "c_1", type: "function", function: { name: "weather", arguments: "{}" } };
  const asking = {
    ...COMPLETION,
    id: "chatcmpl-0",
    choices: [
      {
        ...COMPLETION.choices[0],
        message: { role: "assistant", content: null, tool_calls: [call] },
        finish_reason: "tool_calls",
      },
    ],
  };
  const asked = chunk(null, "tool_calls");
  const askingChunks = [
    {
      ...asked,
      id: "chatcmpl-0",
      choices: [
        {
          index: 0,
          delta: { role: "assistant", tool_calls: [{ index: 0, ...call }] },
          finish_reason: "tool_calls",
        },
      ],
    },
    { ...chunk(null, null, USAGE), id: "chatcmpl-0" },
  ];
  const replies = streamed
    ? [chunks(askingChunks), chunks(CHUNKS)]
    : [json(asking), json(COMPLETION)];
  const other = await startProvider(() => replies.shift() ?? json(COMPLETION));
  openai = new OpenAI({ apiKey: "k", baseURL: `${other.url}/v1`, maxRetries: 0 });
  const tools = [
    {
      type: "function" as const,
      function: {
        name: "weather",
        description: "",
        parameters: {},
        parse: JSON.parse,
        function: () => "fine",
      },
    },
  ];

  const runner = streamed
    ? tracked(() => openai.chat.completions.runTools({ ...CHAT_STREAM, tools }))
    : tracked(() => openai.chat.completions.runTools({ ...CHAT, tools }));
  await runner.done();

  const more = streamed ? { streamed: true } : {};
  expect(await ingestion.events()).toEqual([
    event("OPENAI", { ...REDUCED, id: "chatcmpl-0" }, more),
    event("OPENAI", REDUCED, more),
  ]);
  await other.close();
});

test("response_wrapped_equalsUnwrappedAndIsBooked", async () => {
  reply = json(RESPONSE);

  const wrapped = await tracked(() => openai.responses.create(ASK));

  expect(wrapped).toEqual(await openai.responses.create(ASK));
  expect(wrapped.output_text).toBe("SECRET answer");
  expect(await ingestion.events()).toEqual([event("OPENAI", REDUCED_RESPONSE)]);
});

test("responseStream_readToItsEnd_isBooked", async () => {
  reply = named(RESPONSE_EVENTS);

  await all(await tracked(() => openai.responses.create({ ...ASK, stream: true })));

  expect(await ingestion.events()).toEqual([event("OPENAI", REDUCED_RESPONSE, { streamed: true })]);
});

test("responseStream_callerBreaks_isBookedCut", async () => {
  reply = named(RESPONSE_EVENTS.slice(0, 4), "never");

  const stream = await tracked(() => openai.responses.create({ ...ASK, stream: true }));
  for await (const piece of stream) {
    if (piece.type === "response.output_text.delta") {
      break;
    }
  }

  const { usage: _, output: __, ...unmeasured } = REDUCED_RESPONSE;
  expect(await ingestion.events()).toEqual([
    event(
      "OPENAI",
      { ...unmeasured, status: "in_progress" },
      { streamed: true, response_cut: true },
    ),
  ]);
});

test("responseHelper_finalResponse_isBooked", async () => {
  reply = named(RESPONSE_EVENTS);

  const helper = tracked(() => openai.responses.stream(ASK));
  const final = await helper.finalResponse();

  expect(helper).toBeInstanceOf(ResponseStream);
  expect(final.id).toBe("resp_1");
  expect(await ingestion.events()).toEqual([event("OPENAI", REDUCED_RESPONSE, { streamed: true })]);
});

test("embeddings_wrapped_areBooked", async () => {
  const usage = { prompt_tokens: 9, total_tokens: 9 };
  const data = [{ object: "embedding", index: 0, embedding: [0.25, 0.5] }];
  reply = json({ object: "list", data, model: "text-embedding-3-small", usage });
  const params = {
    model: "text-embedding-3-small",
    input: "SECRET",
    encoding_format: "float" as const,
  };

  const wrapped = await tracked(() => openai.embeddings.create(params));

  expect(wrapped.data).toEqual(data);
  expect(await ingestion.events()).toEqual([
    event("OPENAI", { object: "list", model: "text-embedding-3-small", usage }),
  ]);
});

test("images_withoutUsage_areBookedByTheirNumber", async () => {
  reply = json({ created: 1, data: [{ b64_json: "U0VDUkVU" }, { url: "https://SECRET" }] });

  await withOpenAITracking(
    ingestion.client,
    () => openai.images.generate({ model: "dall-e-3", prompt: "SECRET", n: 2 }),
    { ...WHO, model: "dall-e-3" },
  );

  expect(await ingestion.events()).toEqual([
    event("OPENAI", { data: [{}, {}] }, { model: "dall-e-3" }),
  ]);
});

test("transcript_wrapped_isBookedWithoutItsText", async () => {
  const usage = { type: "duration", seconds: 3 };
  reply = json({ text: "SECRET speech", usage });

  const transcript = await tracked(() =>
    openai.audio.transcriptions.create({
      model: "whisper-1",
      file: new File(["sound"], "sound.wav"),
    }),
  );

  expect(transcript.text).toBe("SECRET speech");
  expect(await ingestion.events()).toEqual([event("OPENAI", { text: "", usage })]);
});

test("listOfModels_wrapped_isReturnedAndNotBooked", async () => {
  reply = json({ object: "list", data: [{ id: "gpt-5.6", object: "model" }] });

  const models = await tracked(() => openai.models.list());

  expect(await all(models)).toHaveLength(1);
  expect(await ingestion.events()).toEqual([]);
});

test.each([401, 429, 500])("error_%d_comesThroughAndNothingIsBooked", async (status) => {
  reply = json({ error: { message: "SECRET", type: "t", code: "c", param: null } }, status);

  await expect(tracked(() => openai.chat.completions.create(CHAT))).rejects.toMatchObject({
    status,
  });

  expect(await ingestion.events()).toEqual([]);
});
