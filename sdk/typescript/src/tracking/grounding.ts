import { elements, isObject, member } from "./values.js";

/** More searches of one answer than this are not told apart, here or by the server. */
const SEARCHES_AT_MOST = 1000;

/** Searches and maps that answers were grounded in. The words searched for are only told apart. */
export class Grounding {
  readonly #searched = new Set<unknown>();
  #mapped = false;

  /** Takes in a whole answer or a piece of one; pieces repeat the searches of their step. */
  read(answer: unknown): void {
    for (const candidate of elements(member(answer, "candidates"))) {
      const metadata = member(candidate, "groundingMetadata");
      for (const query of elements(member(metadata, "webSearchQueries"))) {
        if (this.#searched.size < SEARCHES_AT_MOST) {
          this.#searched.add(query);
        }
      }
      this.#mapped ||= elements(member(metadata, "groundingChunks")).some((chunk) =>
        isObject(member(chunk, "maps")),
      );
    }
  }

  /** What the server counts, with a number in place of each search; undefined for nothing. */
  candidates(): unknown {
    if (this.#searched.size === 0 && !this.#mapped) {
      return undefined;
    }
    const numbers = Array.from(this.#searched, (_, index) => `${index + 1}`);
    const groundingMetadata = {
      ...(numbers.length > 0 ? { webSearchQueries: numbers } : {}),
      ...(this.#mapped ? { groundingChunks: [{ maps: {} }] } : {}),
    };
    return [{ groundingMetadata }];
  }
}
