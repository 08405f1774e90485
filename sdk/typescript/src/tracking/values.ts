// Reads values of which nothing is known: answers may be of any shape, and their getters may throw.

/** The server keeps ids and names of at most 256 bytes. */
const WORD = /^[\w.:/@+=~-]{1,256}$/;
const NUMBER = /^-?[0-9]{1,20}(\.[0-9]{1,20})?$/;
const DEPTH_AT_MOST = 8;
const MEMBERS_AT_MOST = 256;

/**
 * A member of an object; undefined where it has none of its own or it cannot be read. Members of
 * its class are passed over: in Google's client they compute a text, and warn on the console.
 */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  try {
    return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  } catch {
    return undefined;
  }
}

/** A member of an object or its class; undefined where there is none or it cannot be read. */
export function property(value: unknown, name: string | symbol): unknown {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  try {
    return (value as Record<string | symbol, unknown>)[name];
  } catch {
    return undefined;
  }
}

/** A value further down. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce(member, value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The elements of an array; none where it is no array. */
export function elements(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether the object has such a method. */
export function hasMethod(value: unknown, name: string | symbol): boolean {
  return typeof property(value, name) === "function";
}

/**
 * A word of a protocol: an id, the name of a model, a type, a status, a tier. No sentence gets
 * through, nor a text in a language that is written without blanks.
 */
export function word(value: unknown): string | undefined {
  return typeof value === "string" && WORD.test(value) ? value : undefined;
}

/** A number, which some answers have as a string. */
export function quantity(value: unknown): number | string | undefined {
  const isNumber = typeof value === "number" || (typeof value === "string" && NUMBER.test(value));
  return isNumber ? value : undefined;
}

/**
 * A copy of a usage object: its numbers, words and structure, null for what is nested too deep. Any
 * other string is emptied, not left out: a count that is none must stay one that is none.
 *
 * @returns undefined where the value holds nothing of that
 */
export function counts(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case "number":
    case "boolean":
      return value;
    case "bigint":
      return Number(value);
    case "string":
      return word(value) ?? "";
    case "object":
      return value === null ? null : structure(value, depth);
    default:
      return undefined;
  }
}

function structure(value: object, depth: number): unknown {
  if (depth === DEPTH_AT_MOST) {
    return null;
  }
  if (Array.isArray(value)) {
    return value.slice(0, MEMBERS_AT_MOST).map((element) => counts(element, depth + 1) ?? null);
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).slice(0, MEMBERS_AT_MOST)) {
    const copied = WORD.test(key) ? counts(member(value, key), depth + 1) : undefined;
    if (copied !== undefined) {
      copy[key] = copied;
    }
  }
  return copy;
}

/** The object without the members that are undefined. */
export function defined(object: Record<string, unknown>): Record<string, unknown> {
  for (const key of Object.keys(object)) {
    if (object[key] === undefined) {
      delete object[key];
    }
  }
  return object;
}
