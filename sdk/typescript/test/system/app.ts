import { OpenMonetize, type OpenMonetizeOptions } from "@openmonetize/sdk";

/** A variable that the test sets. */
export function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

/** One line of JSON for the test to read. */
export function say(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

/** As an app makes it, with key and addresses from the environment. */
export function newClient(options: OpenMonetizeOptions = {}): OpenMonetize {
  return new OpenMonetize(options);
}

/** Whose use it is, when the customer is said by the test. */
export function who(customerId: string) {
  return { customerId, userId: "ann", featureId: "chat", metadata: { plan: "größer" } };
}
