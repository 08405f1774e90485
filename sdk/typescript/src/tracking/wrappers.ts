import { type AnswerKind, Booking, type TrackingClient, type TrackingContext } from "./booking.js";
import { ANTHROPIC, GOOGLE, OPENAI } from "./kinds.js";
import { watchResult } from "./results.js";

/**
 * Makes a call to Anthropic and books what it used.
 *
 * What `fn` returns is returned as it is: the answer, a stream, a stream helper, or the promise of
 * one. A stream is booked when it ends: at its end, or when the caller leaves, aborts it, or it
 * fails, with what is known by then. What `fn` throws is thrown unchanged and nothing is booked.
 * Nothing that goes wrong in tracking is ever thrown.
 *
 * @param client where to book
 * @param fn makes the call; it is called once, at once
 * @param context whom to book it on
 */
export function withAnthropicTracking<T>(
  client: TrackingClient,
  fn: () => T,
  context: TrackingContext,
): T {
  return tracked(client, ANTHROPIC, fn, context);
}

/**
 * Makes a call to OpenAI, or to a server that speaks its language, and books what it used: see
 * {@link withAnthropicTracking}. A stream of chat completions says its usage only if the request
 * has `stream_options: { include_usage: true }`.
 */
export function withOpenAITracking<T>(
  client: TrackingClient,
  fn: () => T,
  context: TrackingContext,
): T {
  return tracked(client, OPENAI, fn, context);
}

/**
 * Makes a call to Google's Gemini and books what it used: see {@link withAnthropicTracking}. Say
 * the `model` in the context for embeddings and images, whose answers do not name it.
 */
export function withGoogleTracking<T>(
  client: TrackingClient,
  fn: () => T,
  context: TrackingContext,
): T {
  return tracked(client, GOOGLE, fn, context);
}

function tracked<T>(
  client: TrackingClient,
  kind: AnswerKind,
  fn: () => T,
  context: TrackingContext,
): T {
  const result = fn();
  const call = new Booking(client, kind, context);
  let watched: unknown = result;
  call.attempt(() => {
    watched = watchResult(result, call);
  });
  return watched as T;
}
