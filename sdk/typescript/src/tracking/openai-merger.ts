import { billableFields } from "../billable-fields.js";
import { counts, defined, isObject, member, word } from "./values.js";
import type { Merger } from "./merging.js";

const RUNNING = ["queued", "in_progress"];

/**
 * The chunks of chat and legacy completions, the events of the Responses API, and the events of
 * images, transcripts and speech. In each, the last usage that is not null is the whole one.
 */
export class OpenAIMerger implements Merger {
  #answer: Record<string, unknown> = {};
  #chunks = false;
  #ended = false;

  add(piece: unknown): boolean {
    const type = member(piece, "type");
    if (typeof type === "string") {
      return this.#addEvent(type, piece);
    }
    if (Array.isArray(member(piece, "choices")) || isObject(member(piece, "usage"))) {
      this.#addChunk(piece);
      return true;
    }
    return false;
  }

  begins(): boolean {
    return false;
  }

  #addChunk(chunk: unknown): void {
    this.#chunks = true;
    const answer = this.#answer;
    answer["id"] = word(member(chunk, "id")) ?? answer["id"];
    answer["model"] = word(member(chunk, "model")) ?? answer["model"];
    answer["service_tier"] = word(member(chunk, "service_tier")) ?? answer["service_tier"];
    answer["object"] = whole(member(chunk, "object")) ?? answer["object"];
    const usage = member(chunk, "usage");
    if (isObject(usage)) {
      answer["usage"] = counts(usage);
      // The chunk without choices is the one for the usage: nothing but the end mark follows.
      const choices = member(chunk, "choices");
      this.#ended ||= Array.isArray(choices) && choices.length === 0;
    }
  }

  #addEvent(type: string, event: unknown): boolean {
    const response = member(event, "response");
    if (isObject(response)) {
      this.#addResponse(response);
      return true;
    }
    if (isObject(member(event, "usage"))) {
      this.#addMedium(type, event);
      return true;
    }
    return /^(response|image_\w+|transcript|speech|error)\b/.test(type);
  }

  #addResponse(response: Record<string, unknown>): void {
    const said = billableFields("OPENAI", response);
    if (said === undefined) {
      return;
    }
    this.#answer = defined({
      ...said,
      object: "response",
      id: said["id"] ?? this.#answer["id"],
      model: said["model"] ?? this.#answer["model"],
    });
    const isRunning = RUNNING.includes(String(said["status"]));
    this.#ended ||= said["usage"] !== undefined && !isRunning;
  }

  /** The event in which an image, a transcript or speech completes. */
  #addMedium(type: string, event: unknown): void {
    this.#answer = defined({
      ...billableFields("OPENAI", { ...(event as object), object: undefined }),
      // It is read as a transcript where it has a text; the others are known by their type.
      type: type.startsWith("transcript") ? undefined : word(type),
      text: type.startsWith("transcript") ? "" : undefined,
    });
    this.#ended = true;
  }

  answer(): Record<string, unknown> {
    return defined({ ...this.#answer });
  }

  isWhole(closed: boolean): boolean {
    return this.#ended || (this.#chunks && closed);
  }

  hint(): string | undefined {
    return this.#chunks && this.#answer["usage"] === undefined
      ? "a stream of chat completions says no usage unless the request has " +
          "stream_options: { include_usage: true }; it is booked as missing"
      : undefined;
  }
}

/** What the whole answer calls itself where its chunks are called so. */
function whole(object: unknown): string | undefined {
  return word(object)?.replace(/\.chunk$/, "");
}
