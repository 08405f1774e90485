import { afterEach, expect, test, vi } from "vitest";
import { platform } from "../src/platform/web.js";

afterEach(() => vi.unstubAllGlobals());

test("env_noProcess_isUndefined", () => {
  vi.stubGlobal("process", undefined);

  expect(platform.env("OPENMONETIZE_API_KEY")).toBeUndefined();
});

test("env_notPermitted_isUndefined", () => {
  const env = new Proxy(
    {},
    {
      get() {
        throw new Error("Requires env access");
      },
    },
  );
  vi.stubGlobal("process", { env });

  expect(platform.env("OPENMONETIZE_API_KEY")).toBeUndefined();
});

test("newId_pageWithoutHttps_isAUuid", () => {
  const { crypto } = globalThis;
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });

  expect(platform.newId()).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(platform.newId()).not.toBe(platform.newId());
});

test("byteLength_text_isThatOfUtf8", () => {
  expect(platform.byteLength("aä€😀")).toBe(1 + 2 + 3 + 4);
});
