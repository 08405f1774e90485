import type { Provider } from "./types.js";

/**
 * Reduces a provider's answer to what bills: its id, its model and its usage.
 *
 * @returns undefined where the answer is not an object
 */
export function billableFields(
  _provider: Provider,
  response: unknown,
): Record<string, unknown> | undefined {
  if (typeof response !== "object" || response === null) {
    return undefined;
  }
  const { id, model, usage } = response as Record<string, unknown>;
  return { id, model, usage };
}
