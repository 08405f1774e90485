import type Anthropic from "@anthropic-ai/sdk";
import type { GoogleGenAI } from "@google/genai";
import type OpenAI from "openai";

export interface Clients {
  anthropic: Anthropic;
  openai: OpenAI;
  gemini: GoogleGenAI;
}

/** Makes the call, as it is or inside of a wrapper. */
export type Wrap = <T>(call: () => T) => T;

export interface ProviderCall {
  provider: "ANTHROPIC" | "OPENAI" | "GOOGLE";
  /** What an app sees of it. */
  run(clients: Clients, wrap: Wrap): Promise<unknown>;
}

const MESSAGE = {
  model: "claude-sonnet-4-5",
  max_tokens: 100,
  messages: [{ role: "user" as const, content: "What is a meter for?" }],
};
const CHAT = {
  model: "gpt-5.6-luna",
  messages: [{ role: "user" as const, content: "What is a meter for?" }],
};
const STREAMED_CHAT = { ...CHAT, stream: true, stream_options: { include_usage: true } } as const;
const RESPONSE = { model: "gpt-5.6-luna", input: "What is a meter for?" };
const CONTENT = { model: "gemini-2.5-flash", contents: "What is a meter for?" };

/** All of a stream, and what kind of object it is. */
async function all(stream: AsyncIterable<unknown>): Promise<unknown> {
  const pieces = [];
  for await (const piece of stream) {
    pieces.push(content(piece));
  }
  return { kind: stream.constructor.name, pieces };
}

/** The pieces until the caller has enough. */
async function first(count: number, stream: AsyncIterable<unknown>): Promise<unknown> {
  const pieces = [];
  for await (const piece of stream) {
    pieces.push(content(piece));
    if (pieces.length === count) {
      break;
    }
  }
  return pieces;
}

/** The pieces until the caller aborts, and what is thrown then. */
async function aborted(
  stream: AsyncIterable<unknown> & { controller: AbortController },
): Promise<unknown> {
  let pieces = 0;
  try {
    for await (const piece of stream) {
      pieces += piece === undefined ? 0 : 1;
      if (pieces === 2) {
        stream.controller.abort();
      }
    }
  } catch (error) {
    return { thrown: (error as Error).constructor.name };
  }
  return { thrown: null };
}

/** Less what Google's client tells of the HTTP answer, to whose headers the proxy adds. */
function content(answer: unknown): unknown {
  const { sdkHttpResponse: _, ...rest } = answer as Record<string, unknown>;
  return rest;
}

async function answered(promise: Promise<object>): Promise<unknown> {
  const answer = await promise;
  return { kind: answer.constructor.name, answer: content(answer) };
}

export const CALLS: Record<string, ProviderCall> = {
  "anthropic-unary": {
    provider: "ANTHROPIC",
    run: ({ anthropic }, wrap) => answered(wrap(() => anthropic.messages.create(MESSAGE))),
  },
  "anthropic-with-response": {
    provider: "ANTHROPIC",
    run: async ({ anthropic }, wrap) => {
      const { data, response } = await wrap(() =>
        anthropic.messages.create(MESSAGE),
      ).withResponse();
      return { data, status: response.status };
    },
  },
  "anthropic-streamed": {
    provider: "ANTHROPIC",
    run: async ({ anthropic }, wrap) =>
      all(await wrap(() => anthropic.messages.create({ ...MESSAGE, stream: true }))),
  },
  "anthropic-stream-helper": {
    provider: "ANTHROPIC",
    run: async ({ anthropic }, wrap) => {
      const stream = wrap(() => anthropic.messages.stream(MESSAGE));
      const texts: string[] = [];
      stream.on("text", (text) => texts.push(text));
      const message = await stream.finalMessage();
      return { kind: stream.constructor.name, texts, message };
    },
  },
  "anthropic-early-break": {
    provider: "ANTHROPIC",
    run: async ({ anthropic }, wrap) =>
      first(3, await wrap(() => anthropic.messages.create({ ...MESSAGE, stream: true }))),
  },
  "anthropic-abort": {
    provider: "ANTHROPIC",
    run: async ({ anthropic }, wrap) =>
      aborted(await wrap(() => anthropic.messages.create({ ...MESSAGE, stream: true }))),
  },
  "openai-chat-unary": {
    provider: "OPENAI",
    run: ({ openai }, wrap) => answered(wrap(() => openai.chat.completions.create(CHAT))),
  },
  "openai-chat-streamed": {
    provider: "OPENAI",
    run: async ({ openai }, wrap) =>
      all(await wrap(() => openai.chat.completions.create(STREAMED_CHAT))),
  },
  "openai-chat-streamed-without-usage": {
    provider: "OPENAI",
    run: async ({ openai }, wrap) =>
      first(100, await wrap(() => openai.chat.completions.create({ ...CHAT, stream: true }))),
  },
  "openai-chat-stream-helper": {
    provider: "OPENAI",
    run: async ({ openai }, wrap) => {
      const stream = wrap(() => openai.chat.completions.stream(STREAMED_CHAT));
      const texts: string[] = [];
      stream.on("content", (delta) => texts.push(delta));
      const completion = await stream.finalChatCompletion();
      return { kind: stream.constructor.name, texts, completion };
    },
  },
  "openai-chat-early-break": {
    provider: "OPENAI",
    run: async ({ openai }, wrap) =>
      first(3, await wrap(() => openai.chat.completions.create(STREAMED_CHAT))),
  },
  "openai-responses-unary": {
    provider: "OPENAI",
    run: ({ openai }, wrap) => answered(wrap(() => openai.responses.create(RESPONSE))),
  },
  "openai-responses-streamed": {
    provider: "OPENAI",
    run: async ({ openai }, wrap) =>
      all(await wrap(() => openai.responses.create({ ...RESPONSE, stream: true }))),
  },
  "openai-responses-stream-helper": {
    provider: "OPENAI",
    run: async ({ openai }, wrap) => {
      const stream = wrap(() => openai.responses.stream(RESPONSE));
      return { kind: stream.constructor.name, response: await stream.finalResponse() };
    },
  },
  "openai-responses-abort": {
    provider: "OPENAI",
    run: async ({ openai }, wrap) =>
      aborted(await wrap(() => openai.responses.create({ ...RESPONSE, stream: true }))),
  },
  "openai-embeddings": {
    provider: "OPENAI",
    run: ({ openai }, wrap) =>
      answered(
        wrap(() => openai.embeddings.create({ model: "text-embedding-3-small", input: "a meter" })),
      ),
  },
  "gemini-unary": {
    provider: "GOOGLE",
    run: ({ gemini }, wrap) => answered(wrap(() => gemini.models.generateContent(CONTENT))),
  },
  "gemini-streamed": {
    provider: "GOOGLE",
    run: async ({ gemini }, wrap) =>
      all(await wrap(() => gemini.models.generateContentStream(CONTENT))),
  },
  "gemini-early-break": {
    provider: "GOOGLE",
    run: async ({ gemini }, wrap) =>
      first(2, await wrap(() => gemini.models.generateContentStream(CONTENT))),
  },
};
