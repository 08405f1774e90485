import { Grounding } from "./tracking/grounding.js";
import { counts, defined, isObject, member, quantity, word } from "./tracking/values.js";
import type { Provider } from "./types.js";

type Fields = Record<string, unknown>;

/** More items, images or predictions than one answer has. */
const ITEMS_AT_MOST = 1000;

/** Items of a response's output, and what they do, that are billed each. */
const COUNTED_OUTPUT = [
  "web_search_call",
  "file_search_call",
  "code_interpreter_call",
  "image_generation_call",
  "open_page",
  "find_in_page",
  "find",
  "container_reference",
  "container_auto",
];
const COUNTED_STEPS = ["google_search_call", "google_maps_call"];

/**
 * Reduces a provider's answer to what bills: its id, its model, its tier, its usage, and the types
 * of those parts that are billed by their number. A text that was written, read or searched for is
 * in none of them: only the members named here are copied, and of these only numbers and words.
 *
 * The answer may be of any shape, and it is not changed. The Java package keeps the same fields.
 *
 * @returns undefined where the answer is not an object
 */
export function billableFields(provider: Provider, response: unknown): Fields | undefined {
  if (!isObject(response)) {
    return undefined;
  }
  return defined({
    ...named(response),
    usage: usage(response, "usage"),
    ...ofProvider(provider, response),
  });
}

function ofProvider(provider: Provider, answer: Fields): Fields {
  switch (provider) {
    case "ANTHROPIC":
      return { input_tokens: quantity(member(answer, "input_tokens")) };
    case "OPENAI":
      return openai(answer);
    case "GOOGLE":
      return google(answer);
    default:
      return {};
  }
}

function named(answer: Fields): Fields {
  return {
    id: word(member(answer, "id")),
    object: word(member(answer, "object")),
    type: word(member(answer, "type")),
    model: word(member(answer, "model")),
    status: word(member(answer, "status")),
    service_tier: word(member(answer, "service_tier")),
  };
}

function usage(answer: unknown, field: string): unknown {
  const said = member(answer, field);
  return isObject(said) ? counts(said) : undefined;
}

/** What kind of error is said, and that it has a message, which may quote the request. */
function error(said: unknown): unknown {
  if (!isObject(said)) {
    return undefined;
  }
  const code = member(said, "code");
  return defined({
    type: word(member(said, "type")),
    status: word(member(said, "status")),
    code: typeof code === "number" ? code : word(code),
    message: typeof member(said, "message") === "string" ? "" : undefined,
  });
}

function openai(answer: Fields): Fields {
  return {
    tool_usage: usage(answer, "tool_usage"),
    svg_usage: usage(answer, "svg_usage"),
    duration: quantity(member(answer, "duration")),
    seconds: quantity(member(answer, "seconds")),
    input_tokens: quantity(member(answer, "input_tokens")),
    error: error(member(answer, "error")),
    output: nonEmpty(items(member(answer, "output"), outputItem)),
    tools: nonEmpty(items(member(answer, "tools"), tool)),
    ...(word(member(answer, "object")) === undefined ? shape(answer) : {}),
  };
}

function outputItem(item: unknown): Fields {
  return {
    type: counted(item, COUNTED_OUTPUT),
    action: inside(member(item, "action")),
    environment: inside(member(item, "environment")),
  };
}

function inside(value: unknown): unknown {
  const type = counted(value, COUNTED_OUTPUT);
  return type === undefined ? undefined : { type };
}

/** Which search tool there was, and the model of the image tool: they decide the price. */
function tool(said: unknown): Fields {
  const type = word(member(said, "type"));
  return {
    type: type?.startsWith("web_search") === true ? type : undefined,
    model: word(member(said, "model")),
  };
}

/** What answers without a name are known by. */
function shape(answer: Fields): Fields {
  const emptied = (field: string) => (Array.isArray(member(answer, field)) ? [] : undefined);
  return {
    data: images(answer),
    choices: emptied("choices"),
    results: emptied("results"),
    text: typeof member(answer, "text") === "string" ? "" : undefined,
  };
}

/** Images are counted where their model is priced by the image. */
function images(answer: Fields): unknown {
  const data = member(answer, "data");
  return Array.isArray(data)
    ? items(
        data.filter((image) => image !== null),
        () => ({}),
      )
    : undefined;
}

function google(answer: Fields): Fields {
  const reason = word(member(member(answer, "promptFeedback"), "blockReason"));
  const grounding = new Grounding();
  grounding.read(answer);
  const isNamed = word(member(answer, "object")) !== undefined;
  return {
    responseId: word(member(answer, "responseId")),
    modelVersion: word(member(answer, "modelVersion")),
    usageMetadata: usage(answer, "usageMetadata") ?? renamed(member(answer, "usage")),
    totalTokens: quantity(member(answer, "totalTokens")),
    error: error(member(answer, "error")),
    promptFeedback: reason === undefined ? undefined : { blockReason: reason },
    candidates: grounding.candidates(),
    steps: nonEmpty(items(member(answer, "steps"), step)),
    outputs: nonEmpty(items(member(answer, "outputs"), step)),
    predictions: predictions(answer),
    data: isNamed ? undefined : images(answer),
  };
}

function step(said: unknown): Fields {
  return { type: counted(said, COUNTED_STEPS) };
}

/** The names that frameworks over Google's client use. */
function renamed(said: unknown): unknown {
  const promptTokenCount = quantity(member(said, "promptTokens"));
  const candidatesTokenCount = quantity(member(said, "completionTokens"));
  return promptTokenCount === undefined
    ? undefined
    : defined({ promptTokenCount, candidatesTokenCount });
}

/** Embeddings and images of Vertex, as its API answers them or as Google's client renames them. */
function predictions(answer: Fields): unknown {
  return (
    items(member(answer, "predictions"), (prediction) => ({
      bytesBase64Encoded:
        typeof member(prediction, "bytesBase64Encoded") === "string" ? "" : undefined,
      embeddings: embedding(member(prediction, "embeddings")),
    })) ??
    // One that was filtered out has no picture and is not billed.
    nonEmpty(
      items(member(answer, "generatedImages"), (generated) => ({
        bytesBase64Encoded: isObject(member(generated, "image")) ? "" : undefined,
      })),
    ) ??
    nonEmpty(items(member(answer, "embeddings"), (found) => ({ embeddings: embedding(found) })))
  );
}

function embedding(found: unknown): unknown {
  const statistics = member(found, "statistics");
  const tokens = quantity(member(statistics, "token_count") ?? member(statistics, "tokenCount"));
  return tokens === undefined ? undefined : { statistics: { token_count: tokens } };
}

/** The type of an item, if it is one of those that are counted. */
function counted(item: unknown, types: string[]): string | undefined {
  const type = word(member(item, "type"));
  return type !== undefined && types.includes(type) ? type : undefined;
}

function items(value: unknown, reduce: (item: unknown) => Fields): Fields[] | undefined {
  return Array.isArray(value)
    ? value.slice(0, ITEMS_AT_MOST).map((item) => defined(reduce(item)))
    : undefined;
}

/** Those items of which something was kept; undefined where there is none. */
function nonEmpty(found: Fields[] | undefined): Fields[] | undefined {
  const kept = found?.filter((item) => Object.keys(item).length > 0);
  return kept?.length ? kept : undefined;
}
