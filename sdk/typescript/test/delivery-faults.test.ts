import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OpenMonetize } from "../src/client.js";
import type { OpenMonetizeOptions } from "../src/settings.js";
import type { Fetch } from "../src/transport.js";
import type { Logger } from "../src/types.js";
import { HurriedClock } from "./hurried-clock.js";
import { LogLines } from "./log-lines.js";

// What is given to a client, or answers it, and does not keep to what it should.

const KEY = "om_test_secretsecretsecret";

let clock: HurriedClock;
let log: LogLines;

beforeEach(() => {
  clock = new HurriedClock();
  log = new LogLines();
});

function client(options: OpenMonetizeOptions): OpenMonetize {
  return new OpenMonetize({ apiKey: KEY, logger: log, autoFlush: false, debug: true, ...options });
}

function hurried(options: OpenMonetizeOptions): OpenMonetize {
  return new OpenMonetize(
    { apiKey: KEY, logger: log, autoFlush: false, debug: true, ...options },
    { clock, random: () => 1 },
  );
}

function track(om: OpenMonetize, count: number): void {
  for (let i = 0; i < count; i++) {
    om.trackApiCall({ customerId: "acme", featureId: "chat" });
  }
}

/** Answers one after the other, then takes everything. */
function scripted(...script: object[]): Fetch & { sizes: number[] } {
  const sizes: number[] = [];
  const answer: Fetch = async (_, { body }) => {
    const events = (JSON.parse(body!) as { events: unknown[] }).events.length;
    sizes.push(events);
    const json = script.shift() ?? { accepted: events, rejected: 0, duplicates: 0 };
    return { status: 202, headers: new Headers(), text: async () => JSON.stringify(json) };
  };
  return Object.assign(answer, { sizes });
}

const never = new Promise<never>(() => {});

describe("a fetch", () => {
  test.each<[string, Fetch]>([
    ["never settles", () => never],
    [
      "never reads its answer to the end",
      async () => ({ status: 202, headers: new Headers(), text: () => never }),
    ],
  ])("that %s and knows no abort is given up in time", async (_, stuck) => {
    const taking = scripted();
    let calls = 0;
    const om = hurried({
      timeout: 20,
      fetch: (url, init) => (++calls === 1 ? stuck(url, init) : taking(url, init)),
    });
    track(om, 3);

    expect(await om.flush()).toMatchObject({ accepted: 3, failed: [] });
    expect(calls).toBe(2);
  });

  test("that never settles does not outlive the client", async () => {
    const om = client({ timeout: 0, shutdownTimeout: 20, fetch: () => never });
    track(om, 3);

    expect(await om.close()).toMatchObject({ pending: 3 });
  });

  test.each<[string, () => unknown]>([
    ["nothing", () => undefined],
    ["a symbol", () => Symbol("no")],
    ["an error that cannot be read", unreadable],
    ["an error with an odd name", () => Object.assign(new Error("no"), { name: Symbol("no") })],
  ])("that throws %s is tried again", async (_, thrown) => {
    const taking = scripted();
    let calls = 0;
    const om = hurried({
      fetch: (url, init) => {
        if (++calls === 1) {
          throw thrown();
        }
        return taking(url, init);
      },
    });
    track(om, 2);

    expect(await om.flush()).toMatchObject({ accepted: 2, failed: [] });
  });

  test("that quotes the key in its error gets it into no log line and no report", async () => {
    const om = hurried({
      maxRetries: 0,
      fetch: async (_, { headers }) => {
        throw new Error(`cannot send ${JSON.stringify(headers)}`);
      },
    });
    track(om, 1);

    const report = await om.flush();

    expect(report.failed).toHaveLength(1);
    expect([...log.lines, JSON.stringify(report)].join("\n")).not.toContain(KEY);
  });

  test("whose answer never ends is not read into memory", async () => {
    let read = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        read += 1_000_000;
        controller.enqueue(new Uint8Array(1_000_000));
      },
    });
    const taking = scripted();
    let calls = 0;
    const om = hurried({
      fetch: async (url, init) =>
        ++calls === 1
          ? new Response(read < 100_000_000 ? body : "", { status: 200 })
          : taking(url, init),
    });
    track(om, 1);

    expect(await om.flush()).toMatchObject({ accepted: 1 });
    expect(read).toBeLessThan(100_000_000);
  });
});

function unreadable(): Error {
  return Object.defineProperty(new Error("no"), "message", {
    get() {
      throw new Error("no message");
    },
  });
}

describe("an answer whose counts do not add up", () => {
  test("lists fewer than it rejected: those not listed are sent again", async () => {
    const errors = [{ index: 0, code: "INVALID", reason: "no", retryable: false }];
    const fetch = scripted({ accepted: 3, rejected: 2, duplicates: 0, errors });
    const om = hurried({ fetch });
    track(om, 5);

    const report = await om.flush();

    expect(report).toMatchObject({ accepted: 4, failed: [{ code: "INVALID" }] });
    expect(fetch.sizes).toEqual([5, 4]);
  });

  test("lists one that was not sent: the others are sent again", async () => {
    const errors = [
      { index: 1, code: "INVALID", reason: "no", retryable: false },
      { index: 7, code: "INVALID", reason: "no", retryable: false },
    ];
    const fetch = scripted({ accepted: 1, rejected: 2, duplicates: 0, errors });
    const om = hurried({ fetch });
    track(om, 3);

    expect(await om.flush()).toMatchObject({ accepted: 2, failed: [{ code: "INVALID" }] });
    expect(fetch.sizes).toEqual([3, 2]);
  });

  test("accepted fewer than were sent, and says nothing of the rest: all are sent again", async () => {
    const fetch = scripted({ accepted: 0 }, { accepted: 2, duplicates: 1 });
    const om = hurried({ fetch });
    track(om, 4);

    expect(await om.flush()).toMatchObject({ accepted: 4, failed: [] });
    expect(fetch.sizes).toEqual([4, 4, 4]);
    expect(clock.waits).toEqual([250, 500]);
  });
});

describe("a flush without a time limit", () => {
  test("resolves when the client is closed in the meantime, and says what is pending", async () => {
    const om = client({ timeout: 0, shutdownTimeout: 20, fetch: () => never });
    track(om, 3);
    const flush = om.flush();

    await om.close();

    expect(await flush).toMatchObject({ accepted: 0, pending: 3 });
  });
});

describe("a logger", () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);

  beforeEach(() => {
    unhandled.length = 0;
    process.on("unhandledRejection", note);
  });
  afterEach(() => process.off("unhandledRejection", note));

  test("that is asynchronous and fails leaves no unhandled rejection", async () => {
    const fail = async () => {
      throw new Error("disk full");
    };
    const logger: Logger = { debug: fail, info: fail, warn: fail, error: fail };
    const om = hurried({ logger, maxRetries: 0, fetch: () => Promise.reject(new Error("no")) });
    track(om, 1);
    await om.flush();
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(unhandled).toEqual([]);
  });

  test("that tracks is not called without end", async () => {
    let lines = 0;
    const again = () => {
      lines++;
      om.trackApiCall({ customerId: "", featureId: "log" });
    };
    const om: OpenMonetize = hurried({
      logger: { debug: again, info: again, warn: again, error: again },
      fetch: scripted(),
    });
    track(om, 1);
    om.trackApiCall({ customerId: "", featureId: "chat" });

    expect(await om.flush()).toMatchObject({ accepted: 1 });
    expect(lines).toBeLessThan(10);
  });
});

describe("without an interval", () => {
  test.each<[string, OpenMonetizeOptions]>([
    ["fewer events than a batch", { maxQueueSize: 3 }],
    ["fewer bytes than a batch", { maxQueueBytes: 500 }],
  ])("a queue that holds %s is sent when it is full", async (_, bound) => {
    const om = client({ autoFlush: true, flushInterval: 0, fetch: scripted(), ...bound });
    track(om, 3);

    await expect.poll(() => om.stats().queued).toBeLessThan(3);
    track(om, 1);
    expect(om.stats().tracked).toBeGreaterThan(3);
  });
});
