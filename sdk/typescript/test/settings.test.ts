import { afterEach, describe, expect, test, vi } from "vitest";
import { platform as web } from "../src/platform/web.js";
import { type OpenMonetizeOptions, settings } from "../src/settings.js";
import { VERSION } from "../src/version.js";
import manifest from "../package.json" with { type: "json" };
import { LogLines } from "./log-lines.js";

afterEach(() => vi.unstubAllEnvs());

describe("settings", () => {
  test("have the defaults that are documented", () => {
    expect(settings({})).toMatchObject({
      baseUrl: "http://localhost:8080",
      proxyBaseUrl: "http://localhost:8082",
      autoFlush: true,
      flushInterval: 500,
      maxBatchSize: 100,
      maxQueueSize: 10_000,
      maxRetries: 12,
      timeout: 10_000,
      shutdownTimeout: 5_000,
      spoolDirectory: undefined,
    });
  });

  test("come from the environment where no option is given", () => {
    vi.stubEnv("OPENMONETIZE_API_KEY", "om_test_env\n");
    vi.stubEnv("OPENMONETIZE_BASE_URL", "https://meter.example/api/");
    vi.stubEnv("OPENMONETIZE_PROXY_URL", "https://proxy.example");

    expect(settings({})).toMatchObject({
      apiKey: "om_test_env",
      baseUrl: "https://meter.example/api",
      proxyBaseUrl: "https://proxy.example",
    });
    expect(settings({ apiKey: "om_test_option" }).apiKey).toBe("om_test_option");
  });

  test("may all be 0", () => {
    const zero = {
      flushInterval: 0,
      maxQueueSize: 0,
      maxQueueBytes: 0,
      maxRetries: 0,
      timeout: 0,
      shutdownTimeout: 0,
      maxSpoolBytes: 0,
    };

    expect(settings(zero)).toMatchObject(zero);
  });

  test.each<[keyof OpenMonetizeOptions, unknown]>([
    ["timeout", -1],
    ["maxRetries", "many"],
    ["flushInterval", Number.NaN],
    ["maxBatchSize", 0],
    ["maxQueueSize", Infinity],
    ["baseUrl", "localhost:8080"],
    ["baseUrl", "http://user:password@localhost"],
    ["proxyBaseUrl", 8082],
  ])("%s that is %s is logged and not used", (name, value) => {
    const logger = new LogLines();
    const wrong = settings({ [name]: value, logger } as OpenMonetizeOptions);

    expect(wrong[name as "timeout"]).toBe(settings({})[name as "timeout"]);
    expect(logger.lines).toHaveLength(1);
    expect(logger.lines[0]).toContain(`[OpenMonetize] Option ${name}`);
    expect(logger.lines[0]).not.toContain("password");
  });

  test("never ask for more than the server takes", () => {
    expect(settings({ maxBatchSize: 5000 }).maxBatchSize).toBe(1000);
  });

  test.each([null, 3, "text"])("that are %s count as none", (garbage) => {
    expect(settings(garbage as never)).toMatchObject({ maxRetries: 12 });
  });
});

test("the version is the package's", () => {
  expect(VERSION).toBe(manifest.version);
});

describe("where there is no Node", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("an environment need not exist", () => {
    vi.stubGlobal("process", undefined);

    expect(web.env("OPENMONETIZE_API_KEY")).toBeUndefined();
  });

  test.each([true, false])("ids are UUIDs, with randomUUID: %s", (has) => {
    const { crypto } = globalThis;
    vi.stubGlobal("crypto", {
      ...(has ? { randomUUID: () => crypto.randomUUID() } : {}),
      getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
    });

    expect(web.newId()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(web.newId()).not.toBe(web.newId());
  });

  test("bytes are those of UTF-8", () => {
    expect(web.byteLength("aä€😀")).toBe(10);
  });
});
