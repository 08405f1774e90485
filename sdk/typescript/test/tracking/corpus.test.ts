import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import OpenAI from "openai";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withAnthropicTracking, withGoogleTracking, withOpenAITracking } from "../../src/index.js";
import { body, type Case, cases } from "./support/corpus.js";
import { type Ingestion, startIngestion, WHO } from "./support/ingestion.js";
import { type Provider, type Reply, startProvider } from "./support/provider.js";

// Every answer of the corpus comes through a real client of the provider, over real HTTP, and no
// word of it may come out again.

const ENDPOINTS = [
  "/v1/messages",
  "/v1/chat/completions",
  "/v1/completions",
  "/v1/responses",
  "/v1/embeddings",
  "/v1/images/generations",
  "/v1/audio/transcriptions",
  "/v1beta/interactions",
];

const played = cases().filter(
  ({ provider, path }) =>
    (ENDPOINTS.includes(path) && (provider !== "ANTHROPIC" || path === "/v1/messages")) ||
    /^\/v1(beta)?\/models\/gemini-2.5-flash:(streamG|g)enerateContent$/.test(path),
);

let reply: Reply;
let provider: Provider;
let ingestion: Ingestion;

beforeEach(async () => {
  // Anthropic's client warns of models that are given up.
  vi.spyOn(console, "warn").mockImplementation(() => {});
  provider = await startProvider(() => reply);
  ingestion = await startIngestion();
});

afterEach(async () => {
  await ingestion.close();
  await provider.close();
});

/** Makes the call that the case answers, and reads the answer to its end. */
async function play(played: Case): Promise<void> {
  const coding = played.content_encoding;
  reply = {
    status: played.status,
    contentType: played.content_type,
    headers: coding === null ? {} : { "content-encoding": coding },
    pieces: [body(played.file)],
    end: played.end === "interrupted" ? "broken" : "whole",
  };
  const model = played.requested_model ?? "unsaid";
  const context = { ...WHO, model };
  const result: unknown = await call(played, model, context);
  if (typeof result === "object" && result !== null && Symbol.asyncIterator in result) {
    for await (const _ of result as AsyncIterable<unknown>);
  }
}

function call({ provider: of, path, stream }: Case, model: string, context: typeof WHO): unknown {
  const { client } = ingestion;
  if (of === "ANTHROPIC") {
    const anthropic = new Anthropic({ apiKey: "k", baseURL: provider.url, maxRetries: 0 });
    const params = { model, max_tokens: 1, messages: [], stream };
    return withAnthropicTracking(client, () => anthropic.messages.create(params), context);
  }
  if (of === "OPENAI") {
    const openai = new OpenAI({ apiKey: "k", baseURL: `${provider.url}/v1`, maxRetries: 0 });
    const request = { body: { model, stream }, stream };
    return withOpenAITracking(client, () => openai.post(path.slice(3), request), context);
  }
  const google = new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: provider.url } });
  const ask = { model: "gemini-2.5-flash", contents: "hello" };
  return withGoogleTracking<unknown>(
    client,
    () =>
      path.endsWith("interactions")
        ? google.interactions.create({ model, input: "hello", stream } as never)
        : stream
          ? google.models.generateContentStream(ask)
          : google.models.generateContent(ask),
    context,
  );
}

/** All strings of the body's JSON that are sentences or longer words, by their place. */
function texts(raw: string): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === "string") {
      found.add(value);
    } else if (typeof value === "object" && value !== null) {
      Object.values(value).forEach(visit);
    }
  };
  for (const line of [raw, ...raw.split(/\r\n|\r|\n/)]) {
    try {
      visit(JSON.parse(line.replace(/^data: ?/, "")));
    } catch {
      // Not a line of data.
    }
  }
  return [...found].filter((text) => /\s/.test(text.trim()) && text.length >= 8);
}

test.each(played.map((one) => [one.file, one] as const))(
  "%s_leavesNoTextInEventsAndLog",
  async (_, one) => {
    await play(one).catch(() => undefined);
    await ingestion.client.flush();

    const out = [...ingestion.bodies, ...ingestion.lines].join("\n");
    for (const text of texts(body(one.file).toString("utf8"))) {
      expect(out).not.toContain(text);
    }
  },
);

/** What the clients themselves do not read to the end. */
const UNREAD = [
  // The last event has no blank line behind it, and is not handed on.
  "anthropic/messages/stream-no-last-blank-line.sse",
  "openai/audio_transcriptions/stream.sse",
  // An array in place of events is not understood.
  "gemini/stream_generate_content/array.json",
];

// What the corpus says of an answer can be compared where its usage is exact and one line.
const exact = played.filter(
  (one) =>
    one.expected.status === "exact" &&
    one.expected.lines.length === 1 &&
    !UNREAD.includes(one.file),
);

test.each(exact.map((one) => [one.file, one] as const))(
  "%s_isBookedOnceUnderItsIdAndModel",
  async (_, one) => {
    await play(one).catch((error: unknown) => {
      if (one.end === "whole") {
        throw error;
      }
    });

    const events = await ingestion.events();
    expect(events).toHaveLength(1);
    const answer = events[0]?.["provider_response"] as Record<string, unknown>;
    expect(events[0]?.["provider_response_id"] ?? null).toBe(one.expected.response_id);
    expect(answer["model"] ?? answer["modelVersion"] ?? null).toBe(one.expected.model);
    expect(answer["usage"] ?? answer["usageMetadata"]).toBeTypeOf("object");
    expect(events[0]?.["response_cut"]).toBeUndefined();
  },
);
