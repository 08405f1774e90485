import type { ServerSentEvent } from "./serverSentEvents";

export type ProviderName = "ANTHROPIC" | "OPENAI" | "GOOGLE";

/** One piece of a streamed answer that says something to its reader. */
export type Piece =
  | { kind: "text"; text: string }
  | { kind: "thinking"; text: string }
  | { kind: "end"; reason: string }
  | { kind: "error"; message: string };

export interface PlaygroundProvider {
  name: ProviderName;
  endpoint: string;
  /** What is offered at first; any other may be typed. */
  models: readonly string[];
  /** Below the proxy's URL. */
  path: (model: string) => string;
  headers: (key: string) => Record<string, string>;
  body: (model: string, prompt: string) => object;
  read: (event: ServerSentEvent) => Piece[];
}

const MOST_OUTPUT_TOKENS = 1024;

const ANTHROPIC: PlaygroundProvider = {
  name: "ANTHROPIC",
  endpoint: "messages",
  models: ["claude-sonnet-4-5", "claude-haiku-4-5", "claude-opus-4-5"],
  path: () => "/v1/messages",
  headers: (key) => ({
    "x-api-key": key,
    "anthropic-version": "2023-06-01",
    // Anthropic refuses calls that carry a page's origin without it: a key in a page's code would be
    // everyone's. This one is typed by whom it belongs to.
    "anthropic-dangerous-direct-browser-access": "true",
  }),
  body: (model, prompt) => ({
    model,
    max_tokens: MOST_OUTPUT_TOKENS,
    stream: true,
    messages: [{ role: "user", content: prompt }],
  }),
  read: ({ data }) => {
    const json = parse(data);
    switch (at(json, "type")) {
      case "content_block_delta":
        return [
          ...said("text", at(json, "delta", "text")),
          ...said("thinking", at(json, "delta", "thinking")),
        ];
      case "message_delta":
        return ended(at(json, "delta", "stop_reason"));
      case "error":
        return [failure(json)];
      default:
        return [];
    }
  },
};

const OPENAI: PlaygroundProvider = {
  name: "OPENAI",
  endpoint: "chat/completions",
  models: ["gpt-4.1-mini", "gpt-4.1", "gpt-5-mini"],
  path: () => "/v1/chat/completions",
  headers: (key) => ({ authorization: `Bearer ${key}` }),
  body: (model, prompt) => ({
    model,
    max_completion_tokens: MOST_OUTPUT_TOKENS,
    stream: true,
    messages: [{ role: "user", content: prompt }],
  }),
  read: ({ data }) => {
    if (data === "[DONE]") {
      return [];
    }
    const json = parse(data);
    if (at(json, "error") !== undefined) {
      return [failure(json)];
    }
    return [
      ...said("text", at(json, "choices", 0, "delta", "content")),
      ...ended(at(json, "choices", 0, "finish_reason")),
    ];
  },
};

const GOOGLE: PlaygroundProvider = {
  name: "GOOGLE",
  endpoint: "streamGenerateContent",
  models: ["gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.5-flash-lite"],
  path: (model) => `/v1beta/models/${encodeURIComponent(model)}:streamGenerateContent?alt=sse`,
  headers: (key) => ({ "x-goog-api-key": key }),
  body: (_, prompt) => ({
    contents: [{ role: "user", parts: [{ text: prompt }] }],
    generationConfig: { maxOutputTokens: MOST_OUTPUT_TOKENS },
  }),
  read: ({ data }) => {
    const json = parse(data);
    if (at(json, "error") !== undefined) {
      return [failure(json)];
    }
    const parts = at(json, "candidates", 0, "content", "parts");
    return [
      ...(Array.isArray(parts) ? parts : []).flatMap((part: unknown) =>
        said(at(part, "thought") === true ? "thinking" : "text", at(part, "text")),
      ),
      ...ended(at(json, "candidates", 0, "finishReason")),
      ...ended(at(json, "promptFeedback", "blockReason")),
    ];
  },
};

export const PROVIDERS: readonly PlaygroundProvider[] = [ANTHROPIC, OPENAI, GOOGLE];

export function providerOf(name: string): PlaygroundProvider {
  return PROVIDERS.find((each) => each.name === name) ?? ANTHROPIC;
}

/** The words of an error, in the form of any of the providers or of the proxy itself. */
export function errorMessage(body: string): string | null {
  const json = parse(body);
  const first = Array.isArray(json) ? json[0] : json;
  const candidates = [at(first, "error", "message"), at(first, "message"), at(first, "error")];
  const message = candidates.find((each) => typeof each === "string" && each !== "");
  return (message as string | undefined) ?? null;
}

function failure(json: unknown): Piece {
  const message = errorMessage(JSON.stringify(json)) ?? "The provider reported an error.";
  return { kind: "error", message };
}

function said(kind: "text" | "thinking", text: unknown): Piece[] {
  return typeof text === "string" && text !== "" ? [{ kind, text }] : [];
}

function ended(reason: unknown): Piece[] {
  return typeof reason === "string" ? [{ kind: "end", reason }] : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands at a path of JSON; undefined where there is nothing. */
function at(json: unknown, ...path: (string | number)[]): unknown {
  let value = json;
  for (const step of path) {
    if (typeof value !== "object" || value === null) {
      return undefined;
    }
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
