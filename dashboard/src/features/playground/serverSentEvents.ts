export interface ServerSentEvent {
  /** `message` where the stream names none. */
  event: string;
  data: string;
}

/**
 * Reads an event stream as its specification has it (WHATWG HTML, "Server-sent events"): any line
 * end, comments, data over several lines, a byte order mark at the start. What the stream breaks off
 * in the middle of is dropped. The browser's own EventSource can neither POST nor send headers.
 */
export async function* readServerSentEvents(
  bytes: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const parser = new EventParser();
  const decoder = new TextDecoder();
  const reader = bytes.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    // Whoever stops reading early wants no more of it.
    await reader.cancel().catch(() => {});
  }
}

class EventParser {
  private rest = "";
  private event = "";
  private data: string[] = [];

  *push(text: string): Generator<ServerSentEvent> {
    this.rest += text;
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(this.rest);
      // A carriage return at the very end may be half of a pair: the next piece tells.
      if (end === null) {
        return;
      }
      const line = this.rest.slice(0, end.index);
      this.rest = this.rest.slice(end.index + end[0].length);
      const whole = this.line(line);
      if (whole !== null) {
        yield whole;
      }
    }
  }

  private line(line: string): ServerSentEvent | null {
    if (line === "") {
      return this.dispatch();
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") {
      this.data.push(value);
    } else if (field === "event") {
      this.event = value;
    }
    return null;
  }

  private dispatch(): ServerSentEvent | null {
    const { event, data } = this;
    this.event = "";
    this.data = [];
    return data.length === 0
      ? null
      : { event: event === "" ? "message" : event, data: data.join("\n") };
  }
}
