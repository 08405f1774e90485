import type { Platform } from "./platform.js";

interface Process {
  env?: Record<string, string | undefined>;
}

const encoder = new TextEncoder();

/** What browsers, Workers and other runtimes without Node's modules give. */
export const platform: Platform = {
  // A browser would ask the server's leave for a header of ours.
  userAgent: undefined,
  env(name) {
    try {
      return (globalThis as { process?: Process }).process?.env?.[name];
    } catch {
      // Deno, from a bundle for browsers, without leave to read the environment.
      return undefined;
    }
  },
  newId() {
    const crypto = globalThis.crypto;
    // Absent on pages that did not come by HTTPS.
    return typeof crypto.randomUUID === "function" ? crypto.randomUUID() : uuid(crypto);
  },
  byteLength(text) {
    return encoder.encode(text).length;
  },
  hold() {
    return () => {};
  },
  atExit: { add() {}, delete() {} },
  openSpool: undefined,
};

function uuid(crypto: Crypto): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
