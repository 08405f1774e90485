import { billableFields } from "../billable-fields.js";
import { Grounding } from "./grounding.js";
import { OpenAIMerger } from "./openai-merger.js";
import { at, counts, defined, elements, isObject, member, word } from "./values.js";
import type { Merger } from "./merging.js";

/**
 * The chunks of `streamGenerateContent`. Each has its own usage; tool steps start it anew, so the
 * last one counts, whole. One without any count says nothing of them and replaces none.
 */
class GenerateMerger implements Merger {
  #id: string | undefined;
  #model: string | undefined;
  #usage: Record<string, unknown> | undefined;
  #tier: Record<string, unknown> = {};
  #blockReason: string | undefined;
  readonly #grounding = new Grounding();
  #finished = false;

  add(chunk: unknown): boolean {
    this.#id = word(member(chunk, "responseId")) ?? this.#id;
    this.#model = word(member(chunk, "modelVersion")) ?? this.#model;
    this.#blockReason = word(at(chunk, "promptFeedback", "blockReason")) ?? this.#blockReason;
    this.#addUsage(member(chunk, "usageMetadata"));
    this.#grounding.read(chunk);
    const candidates = elements(member(chunk, "candidates"));
    this.#finished ||= candidates.some((candidate) => Boolean(member(candidate, "finishReason")));
    return ["candidates", "usageMetadata", "promptFeedback", "responseId"].some(
      (field) => member(chunk, field) !== undefined,
    );
  }

  /** Where the client calls functions by itself, their answers are sent on and answered again. */
  begins(chunk: unknown): boolean {
    const id = word(member(chunk, "responseId"));
    return this.#finished && id !== undefined && this.#id !== undefined && id !== this.#id;
  }

  #addUsage(said: unknown): void {
    const usage = isObject(said) ? counts(said) : undefined;
    if (!isObject(usage)) {
      return;
    }
    const keys = Object.keys(usage);
    if (keys.some((key) => key.endsWith("TokenCount"))) {
      this.#usage = usage;
    }
    if (keys.some((key) => key === "serviceTier" || key === "trafficType")) {
      const { serviceTier, trafficType } = usage;
      this.#tier = defined({ serviceTier, trafficType });
    }
  }

  answer(): Record<string, unknown> {
    return defined({
      responseId: this.#id,
      modelVersion: this.#model,
      usageMetadata: this.#usage && { ...this.#tier, ...this.#usage },
      promptFeedback:
        this.#blockReason === undefined ? undefined : { blockReason: this.#blockReason },
      candidates: this.#grounding.candidates(),
    });
  }

  /** No mark ends such a stream; only its transport does. */
  isWhole(closed: boolean): boolean {
    return closed;
  }

  hint(): string | undefined {
    return undefined;
  }
}

/** The events of `/v1beta/interactions`. */
class InteractionMerger implements Merger {
  #answer: Record<string, unknown> = {};
  #steps: unknown[] = [];
  #ended = false;

  add(piece: unknown): boolean {
    const event = eventOf(piece);
    const started = at(event, "step", "type") ?? at(event, "content", "type");
    const type = member(event, "event_type");
    if (type === "step.start" || type === "content.start") {
      const steps = [...this.#steps, { type: started }];
      // What is not counted is left out, so there are few.
      this.#steps = elements(billableFields("GOOGLE", { steps })?.["steps"]);
    }
    const interaction = member(event, "interaction");
    if (isObject(interaction)) {
      const said = billableFields("GOOGLE", { ...interaction, object: "interaction" }) ?? {};
      this.#answer = { ...this.#answer, ...said };
      const isRunning = this.#answer["status"] === "in_progress";
      this.#ended ||= said["usage"] !== undefined && !isRunning;
    }
    return true;
  }

  begins(): boolean {
    return false;
  }

  answer(): Record<string, unknown> {
    const said = ["steps", "outputs"].some((field) => elements(this.#answer[field]).length > 0);
    // Steps of the whole interaction, where it has them, else those that the stream began.
    return said || this.#steps.length === 0
      ? this.#answer
      : { ...this.#answer, steps: this.#steps };
  }

  isWhole(): boolean {
    return this.#ended;
  }

  hint(): string | undefined {
    return undefined;
  }
}

/** Any stream of Google's: its first piece shows of which kind it is. */
export class GoogleMerger implements Merger {
  #merger: Merger | undefined;

  add(piece: unknown): boolean {
    this.#merger ??= mergerFor(piece);
    return this.#merger.add(piece);
  }

  begins(piece: unknown): boolean {
    return this.#merger?.begins(piece) ?? false;
  }

  answer(): Record<string, unknown> {
    return this.#merger?.answer() ?? {};
  }

  isWhole(closed: boolean): boolean {
    return this.#merger?.isWhole(closed) ?? false;
  }

  hint(): string | undefined {
    return this.#merger?.hint();
  }
}

function mergerFor(piece: unknown): Merger {
  if (typeof member(eventOf(piece), "event_type") === "string") {
    return new InteractionMerger();
  }
  // Google speaks OpenAI's language too.
  return Array.isArray(member(piece, "choices")) ? new OpenAIMerger() : new GenerateMerger();
}

/** Google's client hands on an event as it is, or under `data`. */
function eventOf(piece: unknown): unknown {
  const data = member(piece, "data");
  return isObject(data) ? data : piece;
}
