import type { Booking } from "./booking.js";
import { elements, hasMethod, property } from "./values.js";

type Listener = (...args: unknown[]) => void;

interface Emitter {
  on(event: string, listener: Listener): unknown;
}

/** Whether it is one of the official clients' stream helpers, which read by themselves. */
export function isEmitter(value: unknown): value is Emitter {
  return hasMethod(value, "on") && hasMethod(value, "done") && hasMethod(value, "abort");
}

/**
 * Listens to `messages.stream()`, `chat.completions.stream()`, `responses.stream()` and those that
 * run tools. Not to their errors, which would make the helper think that the caller sees to them:
 * `end` comes after these too.
 */
export function watchEmitter(emitter: Emitter, call: Booking): void {
  if (property(emitter, "ended") === true) {
    bookEnded(emitter, call);
    return;
  }
  let booking = call.stream();
  const piece: Listener = (event) => booking.piece(event);
  emitter.on("streamEvent", (event, snapshot) => {
    if (booking.isEmpty && property(event, "type") !== "message_start") {
      // The beginning was missed: what was received until now stands for it.
      booking.piece({ type: "message_start", message: snapshot });
    }
    booking.piece(event);
  });
  emitter.on("chunk", piece);
  emitter.on("event", piece);
  emitter.on("chatCompletion", (completion) => {
    if (booking.isEmpty) {
      call.book(completion, {});
    } else {
      booking.end("closed");
    }
    // The tools that it asks for may lead to another one.
    booking = call.stream();
  });
  emitter.on("end", () => {
    if (!booking.isEmpty) {
      const failed = property(emitter, "errored") === true || property(emitter, "aborted") === true;
      booking.end(failed ? "broken" : "closed");
    }
  });
}

/** One that had come to its end before it was seen has kept what it received. */
function bookEnded(emitter: Emitter, call: Booking): void {
  const whole = [
    ...elements(property(emitter, "receivedMessages")),
    ...elements(property(emitter, "_chatCompletions")),
  ];
  for (const answer of whole) {
    call.book(answer, { streamed: true, cut: false });
  }
  const rest = property(emitter, "currentMessage");
  if (rest !== undefined) {
    call.book(rest, { streamed: true, cut: true });
  }
  if (hasMethod(emitter, "finalResponse")) {
    const response = (emitter as unknown as { finalResponse(): Promise<unknown> }).finalResponse();
    // Where it failed there is nothing to book, and who made it knows.
    response.then(
      (answer) => call.book(answer, { streamed: true, cut: false }),
      () => undefined,
    );
  }
}
