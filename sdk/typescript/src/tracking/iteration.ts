import type { Booking, StreamBooking, StreamEnd } from "./booking.js";
import { hasMethod, property } from "./values.js";

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Books streams that were dropped half read, when their memory is freed. */
const dropped =
  typeof FinalizationRegistry === "undefined"
    ? undefined
    : new FinalizationRegistry<StreamBooking>((booking) => booking.end("left"));

/** Replaces a method of this one object, if it has it. Throws where the object is frozen. */
export function replaceMethod(
  object: object,
  name: string | symbol,
  replace: (original: Method) => Method,
): void {
  const original = property(object, name);
  if (typeof original !== "function") {
    return;
  }
  Object.defineProperty(object, name, {
    value: replace(original as Method),
    configurable: true,
    writable: true,
    enumerable: Object.prototype.propertyIsEnumerable.call(object, name),
  });
}

/**
 * Shows each piece of a stream to a booking before the caller gets it. Streams are changed in
 * place, since the official clients' have private fields, which no copy or proxy would have.
 */
export function watchStream(stream: object, call: Booking): void {
  const signal = property(property(stream, "controller"), "signal") as AbortSignal | undefined;
  if (hasMethod(stream, "next")) {
    watchIterator(stream, call.stream(), signal);
    return;
  }
  let latest: StreamBooking | undefined;
  const watched =
    (watch: (reading: object, booking: StreamBooking) => void) =>
    (original: Method): Method =>
      function (this: unknown, ...args) {
        const reading = original.apply(this, args);
        call.attempt(() => {
          latest = call.stream();
          watch(reading as object, latest);
        });
        return reading;
      };
  const iterators = watched((iterator, booking) => watchIterator(iterator, booking, signal));
  if (!Object.hasOwn(stream, "iterator")) {
    replaceMethod(stream, Symbol.asyncIterator, iterators);
    replaceMethod(stream, "values", iterators);
    replaceMethod(stream, "getReader", watched(watchReader));
    return;
  }
  // All that the official clients' Stream does goes through this field.
  replaceMethod(stream, "iterator", iterators);
  replaceMethod(
    stream,
    "tee",
    (original) =>
      function (this: unknown, ...args) {
        latest = undefined;
        const branches = original.apply(this, args);
        call.attempt(() => watchBranches(branches as object[], latest));
        return branches;
      },
  );
}

/** Watches an iterator, changed in place. */
function watchIterator(
  iterator: object,
  booking: StreamBooking,
  signal: AbortSignal | undefined,
): void {
  watchEnd(iterator, booking, signal);
  replaceMethod(iterator, "next", (original) => watchRead(original, booking, signal));
  replaceMethod(iterator, "return", (original) => ending(original, booking, "left"));
  replaceMethod(iterator, "throw", (original) => ending(original, booking, "broken"));
}

function ending(original: Method, booking: StreamBooking, end: StreamEnd): Method {
  return function (this: unknown, ...args) {
    booking.end(end);
    return original.apply(this, args);
  };
}

/** Aborted or dropped, a stream may never be read to an end. */
function watchEnd(object: object, booking: StreamBooking, signal: AbortSignal | undefined): void {
  dropped?.register(object, booking, booking);
  // What was received before still comes to the caller who reads on, so wait for that.
  const abort = () => setTimeout(() => booking.end("left"), 0);
  signal?.addEventListener("abort", abort, { once: true });
  booking.onSettled(() => {
    dropped?.unregister(booking);
    signal?.removeEventListener("abort", abort);
  });
}

function watchRead(
  original: Method,
  booking: StreamBooking,
  signal: AbortSignal | undefined,
): Method {
  const take = (result: unknown): unknown => {
    if (property(result, "done") === true) {
      // The official clients end an aborted stream as if it had come to its end.
      booking.end(signal?.aborted === true ? "left" : "closed");
    } else {
      booking.piece(property(result, "value"));
    }
    return result;
  };
  const fail = (error: unknown): never => {
    booking.end("broken");
    throw error;
  };
  return function (this: unknown, ...args) {
    let result;
    try {
      result = original.apply(this, args);
    } catch (error) {
      return fail(error);
    }
    return hasMethod(result, "then") ? (result as Promise<unknown>).then(take, fail) : take(result);
  };
}

/** Web streams can be read by a reader as well. */
function watchReader(reader: object, booking: StreamBooking): void {
  watchEnd(reader, booking, undefined);
  replaceMethod(reader, "read", (original) => watchRead(original, booking, undefined));
  replaceMethod(reader, "cancel", (original) => ending(original, booking, "left"));
}

/**
 * The branches of a stream that was split have no way to say that their reader left, so they are
 * given one: when both have, the stream is left.
 */
function watchBranches(branches: object[], booking: StreamBooking | undefined): void {
  let reading = branches.length;
  for (const branch of branches) {
    replaceMethod(
      branch,
      "iterator",
      (original) =>
        function (this: unknown, ...args) {
          const iterator = original.apply(this, args) as AsyncIterator<unknown>;
          let left = false;
          iterator.return ??= (value?: unknown) => {
            reading -= left ? 0 : 1;
            left = true;
            if (reading === 0) {
              booking?.end("left");
            }
            return Promise.resolve({ done: true as const, value });
          };
          return iterator;
        },
    );
  }
}
