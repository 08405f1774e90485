import { at, counts, defined, isObject, member, word } from "./values.js";
import type { Merger } from "./merging.js";

const WRITTEN = "cache_creation_input_tokens";
const SHORT = "ephemeral_5m_input_tokens";
const LONG = "ephemeral_1h_input_tokens";

/**
 * The events of `/v1/messages`. The usage is told twice: `message_start` has all of it as known
 * then, and each `message_delta` the totals so far of some fields, which correct the earlier ones.
 * So each field that is not null replaces its predecessor, and nothing is added.
 */
export class AnthropicMerger implements Merger {
  #id: string | undefined;
  #model: string | undefined;
  #usage: Record<string, unknown> | undefined;
  #corrected = false;
  #stopped = false;

  add(piece: unknown): boolean {
    switch (member(piece, "type")) {
      case "content_block_delta":
      case "content_block_start":
      case "content_block_stop":
      case "ping":
        return true;
      case "message_start":
        this.#start(member(piece, "message"));
        return true;
      case "message_delta":
        this.#correct(member(piece, "usage"));
        return true;
      case "message_stop":
        this.#stopped = true;
        return true;
      case "completion":
        this.#id = word(member(piece, "id")) ?? this.#id;
        this.#model = word(member(piece, "model")) ?? this.#model;
        return true;
      default:
        return false;
    }
  }

  /** The last start of several wins: gateways repeat it. */
  begins(): boolean {
    return false;
  }

  #start(message: unknown): void {
    this.#id = word(member(message, "id"));
    this.#model = word(member(message, "model"));
    this.#usage = undefined;
    this.#corrected = false;
    this.#stopped = false;
    this.#replace(member(message, "usage"));
  }

  #correct(usage: unknown): void {
    this.#corrected ||= isObject(usage);
    const split = at(this.#usage, "cache_creation");
    this.#replace(usage);
    if (this.#usage && isSaid(usage, WRITTEN) && !isSaid(usage, "cache_creation")) {
      restate(this.#usage, split);
    }
  }

  #replace(said: unknown): void {
    const usage = isObject(said) ? counts(said) : undefined;
    if (!isObject(usage)) {
      return;
    }
    this.#usage ??= {};
    for (const [field, value] of Object.entries(usage)) {
      if (value !== null) {
        this.#usage[field] = value;
      }
    }
  }

  answer(): Record<string, unknown> {
    return defined({ type: "message", id: this.#id, model: this.#model, usage: this.#usage });
  }

  /** The output count of the start is a running value: without a correction it is no total. */
  isWhole(): boolean {
    return this.#stopped && this.#corrected;
  }

  hint(): string | undefined {
    return undefined;
  }
}

function isSaid(usage: unknown, field: string): boolean {
  const value = member(usage, field);
  return value !== undefined && value !== null;
}

/**
 * Makes the split of cache writes by life span fit their corrected total. The one life span that
 * was split off is kept; where there was none, five minutes are meant, which no split says too.
 */
function restate(usage: Record<string, unknown>, split: unknown): void {
  const total = usage[WRITTEN];
  const short = Number(member(split, SHORT) ?? 0);
  const long = Number(member(split, LONG) ?? 0);
  if (typeof total !== "number" || !isObject(split) || short + long === total) {
    return;
  }
  if (short === 0 && long === 0) {
    delete usage["cache_creation"];
  } else if (short === 0 || long === 0) {
    usage["cache_creation"] = { [long > 0 ? LONG : SHORT]: total };
  }
}
