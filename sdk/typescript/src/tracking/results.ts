import type { Booking } from "./booking.js";
import { isEmitter, watchEmitter } from "./emitters.js";
import { replaceMethod, watchStream } from "./iteration.js";
import { isResponse, watchResponse } from "./responses.js";
import { hasMethod, isObject, member } from "./values.js";

/**
 * Watches what a call returned: the answer, a stream, a stream helper, or a promise of any.
 *
 * @returns the same object, or for a plain promise another one that settles alike
 */
export function watchResult(result: unknown, call: Booking): unknown {
  if (!hasMethod(result, "then")) {
    observe(result, call);
    return result;
  }
  const promise = result as Promise<unknown>;
  if (hasMethod(promise, "parse") && hasMethod(promise, "asResponse")) {
    watchApiPromise(promise, call);
    return promise;
  }
  if (!(promise instanceof Promise) && hasMethod(promise, Symbol.asyncIterator)) {
    watchRunner(promise, call);
    return promise;
  }
  if (!(promise instanceof Promise)) {
    watchThenable(promise, call);
    return promise;
  }
  return promise.then((value) => {
    observe(value, call);
    return value;
  });
}

/** It may begin its work only when it is awaited, and give nothing back from `then`. */
function watchThenable(thenable: object, call: Booking): void {
  let seen = false;
  replaceMethod(
    thenable,
    "then",
    (original) =>
      function (this: unknown, onValue, ...rest) {
        const show = (value: unknown): unknown => {
          if (!seen) {
            seen = true;
            observe(value, call);
          }
          return typeof onValue === "function" ? onValue(value) : value;
        };
        return original.call(this, show, ...rest);
      },
  );
}

/** The promise of the official clients parses the answer when it is first awaited. */
function watchApiPromise(promise: object, call: Booking): void {
  let answer: Promise<unknown> | undefined;
  replaceMethod(
    promise,
    "parse",
    (original) =>
      function (this: unknown, ...args) {
        answer ??= (original.apply(this, args) as Promise<unknown>).then((value) => {
          observe(value, call);
          return value;
        });
        return answer;
      },
  );
  replaceMethod(
    promise,
    "asResponse",
    (original) =>
      async function (this: unknown, ...args) {
        const response = await original.apply(this, args);
        if (answer === undefined) {
          observe(response, call);
        }
        return response;
      },
  );
}

/** What runs tools yields one answer after the other, or a stream helper for each. */
function watchRunner(runner: object, call: Booking): void {
  replaceMethod(
    runner,
    Symbol.asyncIterator,
    (original) =>
      function (this: unknown, ...args) {
        const iterator = original.apply(this, args) as AsyncIterator<unknown>;
        call.attempt(() =>
          replaceMethod(
            iterator,
            "next",
            (next) =>
              async function (this: unknown, ...values) {
                const result = (await next.apply(this, values)) as IteratorResult<unknown>;
                if (result.done !== true) {
                  observe(result.value, call);
                }
                return result;
              },
          ),
        );
        return iterator;
      },
  );
}

function observe(value: unknown, call: Booking): void {
  call.attempt(() => {
    if (call.kind.isAnswer(value)) {
      call.book(value, {});
    } else if (isEmitter(value)) {
      watchEmitter(value, call);
    } else if (isResponse(value)) {
      watchResponse(value, call, (answer) => observe(answer, call));
    } else if (isStream(value)) {
      watchStream(value, call);
    } else if (!observeInside(value, call)) {
      call.warnOnce("an answer of an unknown kind was returned and not tracked");
    }
  });
}

function isStream(value: unknown): value is object {
  // A page of a list can be iterated too, over the pages that follow.
  return hasMethod(value, Symbol.asyncIterator) && !hasMethod(value, "getNextPage");
}

/** Answers that come with something else. */
function observeInside(value: unknown, call: Booking): boolean {
  const { provider } = call.kind;
  if (isResponse(member(value, "response")) && member(value, "data") !== undefined) {
    observe(member(value, "data"), call);
    return true;
  }
  const response = provider === "GOOGLE" ? member(value, "response") : undefined;
  if (hasMethod(response, "then") && isObject(value)) {
    watchWholeAnswer(value, response as Promise<unknown>, call);
    return true;
  }
  if (response !== undefined && call.kind.isAnswer(response)) {
    call.book(response, {});
    return true;
  }
  return false;
}

/** The older client of Google's reads a stream to its end, whatever the caller does with it. */
function watchWholeAnswer(
  result: Record<string, unknown>,
  response: Promise<unknown>,
  call: Booking,
): void {
  const watched = response.then((answer) => {
    call.book(answer, { streamed: true, cut: false });
    return answer;
  });
  try {
    result["response"] = watched;
  } catch {
    // It is frozen: the caller keeps the first promise, and hears of its failure there.
    watched.catch(() => undefined);
  }
}
