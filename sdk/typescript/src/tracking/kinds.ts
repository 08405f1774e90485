import { AnthropicMerger } from "./anthropic-merger.js";
import type { AnswerKind } from "./booking.js";
import { GoogleMerger } from "./google-merger.js";
import { OpenAIMerger } from "./openai-merger.js";
import { at, elements, isObject, member } from "./values.js";

export const ANTHROPIC: AnswerKind = {
  provider: "ANTHROPIC",
  isAnswer: (value) => member(value, "type") === "message" || isObject(member(value, "usage")),
  merger: () => new AnthropicMerger(),
};

const OPENAI_OBJECTS = [
  "chat.completion",
  "response",
  "response.compaction",
  "text_completion",
  "video",
];

export const OPENAI: AnswerKind = {
  provider: "OPENAI",
  isAnswer: isOpenAIAnswer,
  merger: () => new OpenAIMerger(),
};

function isOpenAIAnswer(value: unknown): boolean {
  const object = member(value, "object");
  if (object === undefined) {
    const data = elements(member(value, "data"));
    const isImages = data.some((item) => ["b64_json", "url"].some((f) => member(item, f)));
    const isTranscript = typeof member(value, "text") === "string";
    return isImages || isTranscript || isObject(member(value, "usage")) || hasChoices(value);
  }
  // A batch sums the usage of its answers, which are read from its output.
  const isBatch = object === "batch" || String(object).endsWith(".chunk");
  return OPENAI_OBJECTS.includes(String(object)) || (!isBatch && isObject(member(value, "usage")));
}

function hasChoices(value: unknown): boolean {
  return Array.isArray(member(value, "choices"));
}

const GOOGLE_FIELDS = [
  "candidates",
  "promptFeedback",
  "embedding",
  "embeddings",
  "generatedImages",
  "predictions",
  "choices",
];

export const GOOGLE: AnswerKind = {
  provider: "GOOGLE",
  isAnswer(value) {
    return (
      GOOGLE_FIELDS.some((field) => isObject(value) && member(value, field) !== undefined) ||
      // A cache has a name and the count of what it holds.
      (isObject(member(value, "usageMetadata")) && member(value, "name") === undefined) ||
      member(value, "object") === "interaction" ||
      isObject(at(value, "usage"))
    );
  },
  merger: () => new GoogleMerger(),
};
