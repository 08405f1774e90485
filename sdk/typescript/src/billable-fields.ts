import { at, counts, defined, elements, isObject, member, name, word } from "./tracking/values.js";
import type { Provider } from "./types.js";

/** More output items, images or searches than one answer has. */
const ITEMS_AT_MOST = 1000;

type Fields = Record<string, unknown>;

/**
 * Reduces a provider's answer to what bills: its id, its model, its tier, its usage, and the types
 * of those parts that are billed by their number. A text that was written, read or searched for is
 * in none of them: only the members named here are copied, and of these only numbers and words.
 *
 * The answer may be of any shape and may even throw when it is read; it is not changed.
 *
 * @returns undefined where the answer is not an object
 */
export function billableFields(provider: Provider, response: unknown): Fields | undefined {
  if (!isObject(response)) {
    return undefined;
  }
  switch (provider) {
    case "ANTHROPIC":
      return anthropic(response);
    case "OPENAI":
      return openai(response);
    case "GOOGLE":
      return google(response);
    default:
      // The server reads none of these yet; what it may read one day is kept.
      return defined({
        ...identity(response),
        usage: usage(response, "usage"),
        meta: meta(response),
      });
  }
}

function identity(answer: unknown) {
  return {
    id: name(member(answer, "id")),
    object: word(member(answer, "object")),
    model: name(member(answer, "model")),
    error: error(member(answer, "error")),
  };
}

function usage(answer: unknown, field: string): unknown {
  const said = member(answer, field);
  return isObject(said) ? counts(said) : undefined;
}

/** What kind of error is said; its message may quote the request. */
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

/** Cohere's place of the usage. */
function meta(answer: unknown): unknown {
  const said = member(answer, "meta");
  return isObject(said)
    ? defined({ billed_units: usage(said, "billed_units"), tokens: usage(said, "tokens") })
    : undefined;
}

function anthropic(answer: Fields): Fields {
  return defined({
    type: word(member(answer, "type")),
    ...identity(answer),
    usage: usage(answer, "usage"),
  });
}

function openai(answer: Fields): Fields {
  const fields = {
    ...identity(answer),
    type: word(member(answer, "type")),
    service_tier: word(member(answer, "service_tier")),
    usage: usage(answer, "usage"),
  };
  if (fields.object?.startsWith("response") || Array.isArray(member(answer, "output"))) {
    return defined({ ...fields, ...ofResponse(answer) });
  }
  return defined({
    ...fields,
    ...(fields.object === undefined ? unnamed(answer) : {}),
    ...video(answer),
  });
}

/** The parts of a response that are billed by their number, or that tell another price. */
function ofResponse(answer: Fields): Fields {
  return {
    status: word(member(answer, "status")),
    tool_usage: usage(answer, "tool_usage"),
    output: some(member(answer, "output"), (item) =>
      defined({
        type: word(member(item, "type")),
        action: typed(member(item, "action")),
        environment: typed(member(item, "environment")),
      }),
    ),
    tools: some(member(answer, "tools"), (tool) =>
      defined({ type: word(member(tool, "type")), model: name(member(tool, "model")) }),
    ),
  };
}

/** Images and transcripts do not say what they are: what they have shows it. */
function unnamed(answer: Fields): Fields {
  const duration = member(answer, "duration");
  return {
    choices: Array.isArray(member(answer, "choices")) ? [] : undefined,
    data: some(member(answer, "data"), () => ({})),
    svg_usage: usage(answer, "svg_usage"),
    text: typeof member(answer, "text") === "string" ? "" : undefined,
    duration: typeof duration === "number" ? duration : word(duration),
  };
}

function video(answer: Fields): Fields {
  const seconds = member(answer, "seconds");
  return { seconds: typeof seconds === "string" ? word(seconds) : undefined };
}

function google(answer: Fields): Fields {
  const said = usage(answer, "usage");
  if (
    word(member(answer, "object")) === "interaction" ||
    at(said, "total_input_tokens") !== undefined
  ) {
    return interaction(answer, said);
  }
  if (isOpenAIShaped(answer)) {
    return openai(answer);
  }
  return defined({
    responseId: name(member(answer, "responseId")),
    modelVersion: name(member(answer, "modelVersion")),
    usageMetadata: usage(answer, "usageMetadata") ?? renamed(said),
    promptFeedback: blocked(answer),
    candidates: grounded(answer),
    predictions: predictions(answer),
    error: error(member(answer, "error")),
  });
}

/** Google speaks OpenAI's language too, and then its answers say what they are. */
function isOpenAIShaped(answer: Fields): boolean {
  const object = word(member(answer, "object"));
  return (
    Array.isArray(member(answer, "choices")) ||
    object === "list" ||
    object?.includes("completion") === true
  );
}

/** The names that frameworks over Google's client use. */
function renamed(said: unknown): unknown {
  const promptTokenCount = member(said, "promptTokens");
  return typeof promptTokenCount === "number"
    ? defined({ promptTokenCount, candidatesTokenCount: member(said, "completionTokens") })
    : undefined;
}

function interaction(answer: Fields, said: unknown): Fields {
  return defined({
    ...identity(answer),
    object: "interaction",
    status: word(member(answer, "status")),
    service_tier: word(member(answer, "service_tier")),
    usage: said,
    steps: some(member(answer, "steps"), typed),
    outputs: some(member(answer, "outputs"), typed),
  });
}

function blocked(answer: Fields): unknown {
  const reason = word(at(answer, "promptFeedback", "blockReason"));
  return reason === undefined ? undefined : { blockReason: reason };
}

function grounded(answer: Fields): unknown {
  const found = new Grounding();
  found.read(answer);
  return found.candidates();
}

/** Searches and maps that answers were grounded in. The words searched for are only told apart. */
export class Grounding {
  readonly #searched = new Set<string>();
  #mapped = false;

  /** Takes in a whole answer or a piece of one; pieces repeat the searches of their step. */
  read(answer: unknown): void {
    for (const candidate of elements(member(answer, "candidates"))) {
      const metadata = member(candidate, "groundingMetadata");
      for (const query of elements(member(metadata, "webSearchQueries"))) {
        if (typeof query === "string" && this.#searched.size < ITEMS_AT_MOST) {
          this.#searched.add(query);
        }
      }
      this.#mapped ||= elements(member(metadata, "groundingChunks")).some((chunk) =>
        isObject(member(chunk, "maps")),
      );
    }
  }

  /** What the server counts, with a number in place of each search. */
  candidates(): unknown {
    if (this.#searched.size === 0 && !this.#mapped) {
      return undefined;
    }
    const webSearchQueries = Array.from(this.#searched, (_, index) => `${index + 1}`);
    const groundingChunks = this.#mapped ? [{ maps: {} }] : [];
    return [{ groundingMetadata: { webSearchQueries, groundingChunks } }];
  }
}

/** Embeddings and images of Vertex, as its API answers them or as Google's client renames them. */
function predictions(answer: Fields): unknown {
  return (
    some(member(answer, "predictions"), (prediction) =>
      defined({
        bytesBase64Encoded:
          typeof member(prediction, "bytesBase64Encoded") === "string" ? "" : undefined,
        embeddings: embedding(member(prediction, "embeddings")),
      }),
    ) ??
    nonEmpty(some(member(answer, "generatedImages"), image)) ??
    nonEmpty(
      some(member(answer, "embeddings"), (found) => defined({ embeddings: embedding(found) })),
    )
  );
}

function image(generated: unknown): Fields {
  // One that was filtered out has no picture and is not billed.
  const picture = member(generated, "image");
  return isObject(picture) ? { bytesBase64Encoded: "" } : {};
}

function embedding(found: unknown): unknown {
  const statistics = member(found, "statistics");
  const tokens = member(statistics, "token_count") ?? member(statistics, "tokenCount");
  return typeof tokens === "number" ? { statistics: { token_count: tokens } } : undefined;
}

/** The predictions, where any of them says something that is billed. */
function nonEmpty(found: unknown[] | undefined): unknown[] | undefined {
  return found?.some((item) => Object.keys(item as object).length > 0) ? found : undefined;
}

function typed(value: unknown): unknown {
  const type = word(member(value, "type"));
  return type === undefined ? undefined : { type };
}

function some(value: unknown, reduce: (element: unknown) => unknown): unknown[] | undefined {
  return Array.isArray(value)
    ? value.slice(0, ITEMS_AT_MOST).map((element) => reduce(element) ?? {})
    : undefined;
}
