import { GenerateContentResponse, GoogleGenAI } from "@google/genai";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withGoogleTracking } from "../../src/index.js";
import { event, type Ingestion, startIngestion, WHO } from "./support/ingestion.js";
import {
  geminiChunks,
  json,
  named,
  type Provider,
  type Reply,
  startProvider,
} from "./support/provider.js";

const USAGE = {
  promptTokenCount: 12,
  candidatesTokenCount: 5,
  thoughtsTokenCount: 3,
  totalTokenCount: 20,
};
const ANSWER = {
  candidates: [
    { content: { role: "model", parts: [{ text: "SECRET answer" }] }, finishReason: "STOP" },
  ],
  usageMetadata: USAGE,
  modelVersion: "gemini-2.5-flash",
  responseId: "r-1",
};
const REDUCED = { responseId: "r-1", modelVersion: "gemini-2.5-flash", usageMetadata: USAGE };
const ASK = { model: "gemini-2.5-flash", contents: "SECRET prompt" };

function chunk(text: string, usageMetadata: unknown, finishReason?: string) {
  const content = { role: "model", parts: [{ text }] };
  const { modelVersion, responseId } = ANSWER;
  return { candidates: [{ content, finishReason }], usageMetadata, modelVersion, responseId };
}
const FIRST = { promptTokenCount: 12, candidatesTokenCount: 1, totalTokenCount: 13 };
const CHUNKS = [chunk("SECRET ", FIRST), chunk("answer", USAGE, "STOP")];
const WHOLE = event("GOOGLE", REDUCED, { streamed: true });
const CUT = event(
  "GOOGLE",
  { ...REDUCED, usageMetadata: FIRST },
  { streamed: true, response_cut: true },
);

let reply: Reply;
let provider: Provider;
let ingestion: Ingestion;
let google: GoogleGenAI;

beforeEach(async () => {
  provider = await startProvider(() => reply);
  ingestion = await startIngestion();
  google = client(provider);
});

afterEach(async () => {
  await ingestion.close();
  await provider.close();
});

function client(of: Provider): GoogleGenAI {
  return new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: of.url } });
}

function tracked<T>(fn: () => T, more = {}): T {
  return withGoogleTracking(ingestion.client, fn, { ...WHO, ...more });
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const pieces: T[] = [];
  for await (const piece of stream) {
    pieces.push(piece);
  }
  return pieces;
}

/** Headers tell the time. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, v) => (key === "sdkHttpResponse" ? null : v)));
}

test("content_wrapped_equalsUnwrappedAndIsBooked", async () => {
  reply = json(ANSWER);

  const wrapped = await tracked(() => google.models.generateContent(ASK));

  expect(wrapped).toBeInstanceOf(GenerateContentResponse);
  expect(wrapped.text).toBe("SECRET answer");
  expect(plain(wrapped)).toEqual(plain(await google.models.generateContent(ASK)));
  expect(await ingestion.events()).toEqual([event("GOOGLE", REDUCED)]);
});

test("content_wrapped_readsNoComputedText", async () => {
  reply = json({
    ...ANSWER,
    candidates: [{ content: { parts: [{ functionCall: { name: "f", args: {} } }] } }],
  });
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});

  await tracked(() => google.models.generateContent(ASK));

  expect(warn).not.toHaveBeenCalled();
});

test("content_grounded_isBookedWithTheNumberOfSearches", async () => {
  const groundingMetadata = {
    webSearchQueries: ["SECRET one", "SECRET two", "SECRET one"],
    groundingChunks: [{ web: { uri: "https://SECRET" } }],
  };
  reply = json({ ...ANSWER, candidates: [{ ...ANSWER.candidates[0], groundingMetadata }] });

  await tracked(() => google.models.generateContent(ASK));

  expect(await ingestion.events()).toEqual([
    event("GOOGLE", {
      ...REDUCED,
      candidates: [{ groundingMetadata: { webSearchQueries: ["1", "2"] } }],
    }),
  ]);
});

test("stream_readToItsEnd_equalsUnwrappedAndIsBookedWithItsLastUsage", async () => {
  reply = geminiChunks(CHUNKS);

  const wrapped = await tracked(() => google.models.generateContentStream(ASK));
  const pieces = await all(wrapped);

  expect(pieces[0]).toBeInstanceOf(GenerateContentResponse);
  expect(plain(pieces)).toEqual(plain(await all(await google.models.generateContentStream(ASK))));
  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("stream_returnedByFunction_isTheVerySame", async () => {
  reply = geminiChunks(CHUNKS);
  const stream = await google.models.generateContentStream(ASK);

  expect(tracked(() => stream)).toBe(stream);
  await all(stream);

  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("stream_callerBreaks_isBookedCut", async () => {
  reply = geminiChunks(CHUNKS.slice(0, 1), "never");

  for await (const _ of await tracked(() => google.models.generateContentStream(ASK))) {
    break;
  }

  expect(await ingestion.events()).toEqual([CUT]);
});

test("stream_signalAborted_failsAndIsBookedCut", async () => {
  reply = geminiChunks(CHUNKS.slice(0, 1), "never");
  const controller = new AbortController();
  const config = { abortSignal: controller.signal };

  const stream = await tracked(() => google.models.generateContentStream({ ...ASK, config }));
  const reading = (async () => {
    for await (const _ of stream) {
      controller.abort();
    }
  })();

  await expect(reading).rejects.toThrow();
  expect(await ingestion.events()).toEqual([CUT]);
});

test("stream_connectionBreaks_failsAndIsBookedCut", async () => {
  reply = geminiChunks(CHUNKS.slice(0, 1), "broken");

  const stream = await tracked(() => google.models.generateContentStream(ASK));

  await expect(all(stream)).rejects.toThrow();
  expect(await ingestion.events()).toEqual([CUT]);
});

test("stream_functionCalledByTheClient_booksBothAnswers", async () => {
  const call = {
    candidates: [
      {
        content: { role: "model", parts: [{ functionCall: { name: "weather", args: {} } }] },
        finishReason: "STOP",
      },
    ],
    usageMetadata: FIRST,
    modelVersion: "gemini-2.5-flash",
    responseId: "r-0",
  };
  const replies = [geminiChunks([call]), geminiChunks(CHUNKS)];
  const other = await startProvider(() => replies.shift() ?? geminiChunks(CHUNKS));
  const weather = {
    tool: async () => ({ functionDeclarations: [{ name: "weather", parameters: {} }] }),
    callTool: async () => [{ functionResponse: { name: "weather", response: { fine: true } } }],
  };

  const stream = await tracked(() =>
    client(other).models.generateContentStream({ ...ASK, config: { tools: [weather] } }),
  );
  await all(stream);

  expect(await ingestion.events()).toEqual([
    event("GOOGLE", { ...REDUCED, responseId: "r-0", usageMetadata: FIRST }, { streamed: true }),
    WHOLE,
  ]);
  await other.close();
});

test("chat_messageStreamed_isBooked", async () => {
  reply = geminiChunks(CHUNKS);
  const chat = google.chats.create({ model: "gemini-2.5-flash" });

  await all(await tracked(() => chat.sendMessageStream({ message: "SECRET" })));

  expect(await ingestion.events()).toEqual([WHOLE]);
});

test("embedding_wrapped_isBookedOnTheModelAskedFor", async () => {
  reply = json({ embeddings: [{ values: [0.5] }] });
  const model = "gemini-embedding-2";

  const wrapped = await tracked(() => google.models.embedContent({ model, contents: "SECRET" }), {
    model,
  });

  expect(wrapped.embeddings?.[0]?.values).toEqual([0.5]);
  expect(await ingestion.events()).toEqual([event("GOOGLE", {}, { model })]);
});

test("cache_created_isReturnedAndNotBooked", async () => {
  reply = json({ name: "cachedContents/1", usageMetadata: { totalTokenCount: 9 } });

  const cache = await tracked(() => google.caches.create({ model: "gemini-2.5-flash" }));

  expect(cache.name).toBe("cachedContents/1");
  expect(await ingestion.events()).toEqual([]);
});

const INTERACTION = {
  id: "v1_1",
  object: "interaction",
  status: "completed",
  model: "gemini-2.5-flash",
  steps: [{ type: "model_output", content: [{ type: "text", text: "SECRET" }] }],
  usage: { total_input_tokens: 12, total_output_tokens: 5, total_tokens: 17 },
};
const { steps: _steps, ...REDUCED_INTERACTION } = INTERACTION;
const INTERACT = { model: "gemini-2.5-flash" as const, input: "SECRET" };

test("interaction_wrapped_isBooked", async () => {
  reply = json(INTERACTION);

  const wrapped = await tracked(() => google.interactions.create(INTERACT));

  expect(wrapped.id).toBe("v1_1");
  // The client adds up one count more.
  const usage = { ...INTERACTION.usage, initial_input_tokens: 12 };
  expect(await ingestion.events()).toEqual([event("GOOGLE", { ...REDUCED_INTERACTION, usage })]);
});

const INTERACTION_EVENTS = [
  {
    type: "interaction.created",
    event_type: "interaction.created",
    interaction: { id: "v1_1", status: "in_progress", model: "gemini-2.5-flash" },
  },
  { type: "step.start", event_type: "step.start", index: 0, step: { type: "google_search_call" } },
  {
    type: "interaction.completed",
    event_type: "interaction.completed",
    interaction: { id: "v1_1", status: "completed", usage: INTERACTION.usage },
  },
];

test.each(["iterator", "reader"])("interactionStream_readBy_%s_isBooked", async (way) => {
  reply = named(INTERACTION_EVENTS);

  const stream = await tracked(() => google.interactions.create({ ...INTERACT, stream: true }));
  if (way === "iterator") {
    expect(await all(stream)).toHaveLength(3);
  } else {
    const reader = (stream as unknown as ReadableStream).getReader();
    while (!(await reader.read()).done);
  }

  expect(await ingestion.events()).toEqual([
    event(
      "GOOGLE",
      { ...REDUCED_INTERACTION, steps: [{ type: "google_search_call" }] },
      { streamed: true },
    ),
  ]);
});

test("olderClient_answerAndStream_areBooked", async () => {
  const response = { ...ANSWER, text: () => "SECRET answer" };

  tracked(() => ({ response }));
  const streamed = tracked(() => ({ stream: {}, response: Promise.resolve(response) }));

  expect(await streamed.response).toBe(response);
  expect(await ingestion.events()).toEqual([
    event("GOOGLE", REDUCED),
    event("GOOGLE", REDUCED, { streamed: true }),
  ]);
});

test.each([401, 429, 500])("error_%d_comesThroughAndNothingIsBooked", async (status) => {
  reply = json({ error: { code: status, message: "SECRET", status: "S" } }, status);

  await expect(tracked(() => google.models.generateContent(ASK))).rejects.toMatchObject({
    status,
  });

  expect(await ingestion.events()).toEqual([]);
});
