import type { Entry } from "./spool.js";

/** First in, first out; both ends in constant time. */
export class Queue {
  #entries: Entry[] = [];
  #head = 0;

  get length(): number {
    return this.#entries.length - this.#head;
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
  }

  first(): Entry | undefined {
    return this.#entries[this.#head];
  }

  /** From the front: at most so many events, and so many bytes with a comma for each. */
  take(events: number, bytes: number): Entry[] {
    let end = this.#head;
    let size = 0;
    while (end < this.#entries.length && end - this.#head < events) {
      size += this.#entries[end]!.bytes + 1;
      if (size > bytes && end > this.#head) {
        break;
      }
      end++;
    }
    const taken = this.#entries.slice(this.#head, end);
    this.#head = end;
    this.#forget();
    return taken;
  }

  /** Lets go of what was taken, now and then, so that it costs little each time. */
  #forget(): void {
    if (this.#head > 1000 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    } else if (this.#head === this.#entries.length) {
      this.#entries = [];
      this.#head = 0;
    }
  }
}
