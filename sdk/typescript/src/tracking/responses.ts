import type { Booking } from "./booking.js";
import { type Method, replaceMethod } from "./iteration.js";
import { hasMethod, property } from "./values.js";

/** Whether it is an HTTP response whose body the caller reads by hand. */
export function isResponse(value: unknown): value is Response {
  return (
    hasMethod(value, "json") &&
    hasMethod(value, "text") &&
    hasMethod(property(value, "headers"), "get")
  );
}

/** Books the answer when the caller reads it as JSON or as text. */
export function watchResponse(
  response: Response,
  call: Booking,
  observe: (answer: unknown) => void,
): void {
  const type = response.headers.get("content-type") ?? "";
  if (!type.includes("json")) {
    call.warnOnce("a response that is read by hand and is not JSON was not tracked");
    return;
  }
  let booked = false;
  const reading =
    (parse: (body: unknown) => unknown) =>
    (original: Method): Method =>
      async function (this: unknown, ...args) {
        const body = await original.apply(this, args);
        if (!booked) {
          booked = true;
          call.attempt(() => observe(parse(body)));
        }
        return body;
      };
  replaceMethod(
    response,
    "json",
    reading((body) => body),
  );
  replaceMethod(
    response,
    "text",
    reading((body) => JSON.parse(String(body))),
  );
}
