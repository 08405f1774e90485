import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OpenMonetize } from "../src/client.js";
import type { OpenMonetizeOptions } from "../src/settings.js";
import { HurriedClock } from "./hurried-clock.js";
import {
  answers,
  answersPage,
  type Behaviour,
  IngestionServer,
  refusesBad,
  refusesBatchOfBad,
  takes,
  takesAndKillsConnection,
  takesAndNeverAnswers,
} from "./ingestion-server.js";
import { LogLines } from "./log-lines.js";

const KEY = "om_test_secretsecretsecret";

let server: IngestionServer;
let clock: HurriedClock;
let log: LogLines;

beforeEach(async () => {
  server = await IngestionServer.started();
  clock = new HurriedClock();
  log = new LogLines();
});

afterEach(() => server.stop());

/** Sends at flush only, unless told otherwise. */
function client(options: OpenMonetizeOptions = {}): OpenMonetize {
  return new OpenMonetize(
    { apiKey: KEY, baseUrl: server.url, logger: log, autoFlush: false, debug: true, ...options },
    { clock, random: () => 1 },
  );
}

function track(om: OpenMonetize, count: number, featureId = "chat"): void {
  for (let i = 0; i < count; i++) {
    om.trackTokenUsage({
      customerId: "acme",
      userId: `user-${i}`,
      featureId,
      provider: "ANTHROPIC",
      model: "claude-sonnet-4-5",
      inputTokens: i,
      outputTokens: 1,
    });
  }
}

const TROUBLES: [string, Behaviour][] = [
  ["a connection killed after the events were taken", takesAndKillsConnection],
  ["429", answers(429, { error: "Too Many Requests", message: "slow down" })],
  ["408", answers(408, { error: "TIMEOUT", message: "too slow" })],
  ["500", answers(500, { error: "INTERNAL_ERROR", message: "oops" })],
  ["503", answers(503, { error: "SERVICE_UNAVAILABLE", message: "later" })],
  ["404 of the API", answers(404, { error: "NOT_FOUND", message: "no such route" })],
  ["a page with 200", answersPage(200)],
  ["a page with 400", answersPage(400)],
  ["a page with 401", answersPage(401)],
  ["a page with 404", answersPage(404)],
  ["a page with 502", answersPage(502)],
  ["JSON that is not the API's with 200", answers(200, { hello: "world" })],
  ["JSON that is not the API's with 403", answers(403, { message: "Forbidden" })],
  ["a redirect", answersPage(302, { location: "/login" })],
  ["an empty 202", ({ response }) => response.writeHead(202).end()],
];

describe("what goes wrong on the way", () => {
  test.each(TROUBLES)("%s: each event arrives once", async (_, trouble) => {
    server.script.push(trouble, trouble);
    const om = client();
    track(om, 100);

    const report = await om.flush();

    expect(report).toEqual({ accepted: 100, duplicates: 0, failed: [], dropped: 0, pending: 0 });
    expect(server.booked.size).toBe(100);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[2]).toEqual(server.requests[0]);
    expect(om.stats()).toMatchObject({ tracked: 100, accepted: 100, queued: 0 });
  });

  test("a server that is down for a while: each event arrives once", async () => {
    await server.stop();
    let tries = 0;
    const om = client({
      fetch: async (url, init) => {
        if (++tries === 6) {
          await server.start();
        }
        return fetch(url, init);
      },
    });
    track(om, 250);

    const report = await om.flush();

    expect(report).toMatchObject({ accepted: 250, failed: [] });
    expect(server.booked.size).toBe(250);
    expect(clock.waits).toEqual([250, 500, 1000, 2000, 4000]);
  });

  test("an answer that never comes is given up and asked for again", async () => {
    server.script.push(takesAndNeverAnswers);
    const om = client({ timeout: 200 });
    track(om, 10);

    const report = await om.flush();

    expect(report).toMatchObject({ accepted: 10, failed: [] });
    expect(server.booked.size).toBe(10);
    expect(server.requests.length).toBeGreaterThan(1);
    expect(log.matching(/Request timeout after 200 ms/)).not.toHaveLength(0);
  });

  test("retries that are used up fail the events and say so", async () => {
    server.always = answers(503, { error: "SERVICE_UNAVAILABLE", message: "later" });
    const om = client({ maxRetries: 2 });
    track(om, 3);

    const report = await om.flush();

    expect(server.requests).toHaveLength(3);
    expect(report.failed.map(({ code }) => code)).toEqual(Array(3).fill("retries_exhausted"));
    expect(om.stats()).toMatchObject({ failed: 3, queued: 0 });
  });

  test("no retries tries once", async () => {
    server.always = answersPage(502);
    const om = client({ maxRetries: 0 });
    track(om, 1);

    await om.flush();

    expect(server.requests).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });
});

describe("Retry-After", () => {
  const tooMany = { error: "Too Many Requests", message: "slow down" };

  test.each([
    ["seconds", "7", 7000],
    ["a date", "Wed, 01 Jul 2026 12:00:09 GMT", 9000],
    ["more than is obeyed", "86400", 60_000],
    ["zero", "0", 250],
    ["a date that is over", "Wed, 01 Jul 2020 12:00:00 GMT", 250],
    ["nonsense", "soon", 250],
  ])("%s", async (_, value, wait) => {
    server.script.push(answers(429, tooMany, { "retry-after": value }));
    const om = client();
    track(om, 5);

    const report = await om.flush();

    expect(report).toMatchObject({ accepted: 5, failed: [] });
    expect(clock.waits).toEqual([wait]);
  });

  test("of a gateway's page is obeyed as well", async () => {
    server.script.push(answersPage(503, { "retry-after": "3" }));
    const om = client();
    track(om, 5);

    await om.flush();

    expect(clock.waits).toEqual([3000]);
  });
});

describe("what is wrong with an event", () => {
  test.each([
    ["a 202 that lists it", refusesBad(202)],
    ["a 400 that lists it", refusesBad(400)],
    ["a 403 that lists it", refusesBad(403)],
    ["a 400 that does not", refusesBatchOfBad],
  ])("%s: the other ninety-nine arrive once", async (_, behaviour) => {
    server.always = behaviour;
    const om = client();
    track(om, 37);
    track(om, 1, "bad");
    track(om, 62);

    const report = await om.flush();

    expect(report).toMatchObject({ accepted: 99, pending: 0 });
    expect(report.failed).toHaveLength(1);
    expect(report.failed[0]!.eventId).toBe(server.requests[0]![37]!.event_id);
    expect(server.booked.size).toBe(99);
    expect(clock.waits).toEqual([]);
  });

  test("a 202 that lists retryable ones sends those again", async () => {
    server.script.push(({ events, response, server }) => {
      server.book(events.slice(2));
      const errors = [0, 1].map((index) => ({ index, code: "QUEUE_UNAVAILABLE", retryable: true }));
      answers(202, { accepted: events.length - 2, rejected: 2, duplicates: 0, errors })({
        response,
      } as never);
    });
    const om = client();
    track(om, 10);

    const report = await om.flush();

    expect(report).toMatchObject({ accepted: 10, failed: [] });
    expect(server.requests[1]).toEqual(server.requests[0]!.slice(0, 2));
    expect(clock.waits).toEqual([250]);
  });

  test("413 cuts the batch until it is taken", async () => {
    server.always = (call) =>
      call.events.length > 10
        ? answers(413, { error: "PAYLOAD_TOO_LARGE", message: "too large" })(call)
        : takes(call);
    const om = client();
    track(om, 100);

    const report = await om.flush();

    expect(report).toMatchObject({ accepted: 100, failed: [] });
    expect(server.booked.size).toBe(100);
  });

  test("413 for one event fails that event", async () => {
    server.always = (call) =>
      call.events.some(({ feature_id }) => feature_id === "bad")
        ? answersPage(413)(call)
        : takes(call);
    const om = client();
    track(om, 4);
    track(om, 1, "bad");

    const report = await om.flush();

    expect(report).toMatchObject({ accepted: 4, failed: [{ code: "too_large" }] });
  });

  test("events that the server counts as duplicates are told apart", async () => {
    server.always = answers(200, {
      accepted: 0,
      rejected: 0,
      duplicates: 3,
      status: "all_duplicates",
    });
    const om = client();
    track(om, 3);

    expect(await om.flush()).toMatchObject({ accepted: 0, duplicates: 3, failed: [] });
  });

  test.each([401, 403])("%d fails the batch for good, and logs no key", async (status) => {
    server.always = answers(status, {
      error: "UNAUTHORIZED",
      message: "Invalid or missing API key",
    });
    const om = client();
    track(om, 250);

    const report = await om.flush();

    expect(server.requests).toHaveLength(3);
    expect(report.failed).toHaveLength(250);
    expect(log.matching(/^error/)).toHaveLength(1);
    expect(log.lines.join("\n")).not.toContain(KEY);
  });

  test("without a key nothing is sent", async () => {
    const om = client({ apiKey: "" });
    track(om, 2);

    const report = await om.flush();

    expect(report.failed.map(({ code }) => code)).toEqual(["no_api_key", "no_api_key"]);
    expect(server.requests).toEqual([]);
  });

  test("what was tracked is in no log line", async () => {
    server.script.push(answersPage(500), refusesBad(400));
    const om = client();
    for (const featureId of ["chat", "bad"]) {
      om.trackApiCall({ customerId: "acme", featureId, metadata: { note: "a private text" } });
    }

    await om.flush();

    expect(log.lines.length).toBeGreaterThan(3);
    expect(log.lines.join("\n")).not.toMatch(/private|acme|chat/);
  });

  test("a key that no header can carry is not used and not logged", async () => {
    const om = client({ apiKey: "om_live_ä\u0000secret" });
    track(om, 1);

    await om.flush();

    expect(log.lines.join("\n")).not.toContain("secret");
  });
});

describe("flush", () => {
  test("several at once each wait for their own events", async () => {
    const om = client();
    track(om, 150);
    const first = om.flush();
    track(om, 30);
    const second = om.flush();
    const third = om.flush();

    expect(await first).toMatchObject({ accepted: 150, pending: 0 });
    expect(await second).toMatchObject({ accepted: 180, pending: 0 });
    expect(await third).toMatchObject({ accepted: 180, pending: 0 });
    expect(server.booked.size).toBe(180);
    expect(server.requests.flat()).toHaveLength(180);
  });

  test("nothing to send resolves at once", async () => {
    expect(await client().flush()).toEqual({
      accepted: 0,
      duplicates: 0,
      failed: [],
      dropped: 0,
      pending: 0,
    });
  });

  test("a time limit ends the wait and says how many are on their way", async () => {
    server.script.push(takesAndNeverAnswers);
    const om = new OpenMonetize({ apiKey: KEY, baseUrl: server.url, logger: log, timeout: 1000 });
    track(om, 5);

    expect(await om.flush({ timeout: 50 })).toMatchObject({ accepted: 0, pending: 5 });
    expect(await om.flush()).toMatchObject({ accepted: 5, pending: 0 });
  });

  test("what failed before is told by the next report, once", async () => {
    server.script.push(answers(401, { error: "UNAUTHORIZED", message: "no" }));
    const om = client({ autoFlush: true, maxBatchSize: 5, flushInterval: 0 });
    track(om, 5);
    await expect.poll(() => om.stats().failed).toBe(5);

    expect((await om.flush()).failed).toHaveLength(5);
    expect((await om.flush()).failed).toHaveLength(0);
  });

  test("a logger that throws harms nobody", async () => {
    const fail = () => {
      throw new Error("disk full");
    };
    server.always = answersPage(500);
    const om = client({
      logger: { debug: fail, info: fail, warn: fail, error: fail },
      maxRetries: 1,
    });
    track(om, 1);

    expect((await om.flush()).failed).toHaveLength(1);
  });
});

describe("batches", () => {
  test("are cut to maxBatchSize, and to what a request may weigh", async () => {
    const om = client({ maxBatchSize: 1000, maxQueueSize: 3000 });
    for (let i = 0; i < 1500; i++) {
      om.trackApiCall({ customerId: "acme", featureId: "x".repeat(2000) });
    }
    track(om, 1200);

    const report = await om.flush();

    expect(report.accepted).toBe(2700);
    expect(Math.max(...server.requests.map((events) => events.length))).toBe(1000);
    expect(Math.max(...server.bodies)).toBeLessThanOrEqual(1_000_000);
    expect(Math.max(...server.bodies)).toBeGreaterThan(990_000);
  });

  test("go when they are full", async () => {
    const om = client({ autoFlush: true, flushInterval: 0, maxBatchSize: 10 });
    track(om, 10);
    await expect.poll(() => server.booked.size).toBe(10);
    track(om, 9);
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(server.booked.size).toBe(10);
    expect(om.stats().queued).toBe(9);
  });

  test("go when the interval is over", async () => {
    const om = client({ autoFlush: true, flushInterval: 500 });
    track(om, 3);
    await expect.poll(() => server.booked.size).toBe(3);

    expect(clock.waits).toEqual([500]);
    expect(server.requests).toHaveLength(1);
  });

  test("wait for flush where autoFlush is off", async () => {
    const om = client({ maxBatchSize: 1 });
    track(om, 5);
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(server.requests).toEqual([]);
  });

  test("one request is under way at a time", async () => {
    let most = 0;
    let now = 0;
    const om = client({
      maxBatchSize: 10,
      autoFlush: true,
      fetch: async (url, init) => {
        most = Math.max(most, ++now);
        try {
          return await fetch(url, init);
        } finally {
          now--;
        }
      },
    });
    track(om, 100);
    await Promise.all([om.flush(), om.flush(), om.flush()]);

    expect(most).toBe(1);
    expect(server.booked.size).toBe(100);
  });
});

describe("bounds", () => {
  test("a full queue drops the new events, counts them and says so once", async () => {
    const om = client({ maxQueueSize: 100 });
    track(om, 350);

    expect(om.stats()).toMatchObject({ tracked: 100, dropped: 250, queued: 100 });
    expect(log.matching(/Dropped/)).toHaveLength(1);
    expect(await om.flush()).toMatchObject({ accepted: 100, dropped: 250 });
    expect(await om.flush()).toMatchObject({ dropped: 0 });
  });

  test("a queue without room drops everything", async () => {
    const om = client({ maxQueueSize: 0 });
    track(om, 2);

    expect(om.stats()).toMatchObject({ tracked: 0, dropped: 2 });
  });

  test("bytes are bounded too", async () => {
    const om = client({ maxQueueBytes: 10_000 });
    for (let i = 0; i < 100; i++) {
      om.trackApiCall({ customerId: "acme", featureId: "ä".repeat(500) });
    }

    expect(om.stats().queued).toBe(8);
  });

  test("an event that no request can hold is dropped", async () => {
    const om = client();
    om.trackApiCall({ customerId: "acme", featureId: "x".repeat(1_000_001) });

    expect(om.stats()).toMatchObject({ tracked: 0, dropped: 1 });
  });
});

describe("close", () => {
  test("delivers, and drops what comes after it", async () => {
    const om = new OpenMonetize({ apiKey: KEY, baseUrl: server.url, logger: log });
    track(om, 3);

    expect(await om.close()).toMatchObject({ accepted: 3 });
    track(om, 2);
    expect(om.stats()).toMatchObject({ tracked: 3, dropped: 2 });
    expect(await om.close()).toMatchObject({ accepted: 3 });
    expect(await om.flush()).toMatchObject({ accepted: 0, dropped: 2, pending: 0 });
  });

  test("ends within its time limit, and sends nothing after it", async () => {
    server.always = takesAndNeverAnswers;
    const options = { apiKey: KEY, baseUrl: server.url, logger: log, shutdownTimeout: 100 };
    const om = new OpenMonetize(options);
    track(om, 3);

    expect(await om.close()).toMatchObject({ accepted: 0, pending: 3 });
    expect(await om.flush()).toMatchObject({ pending: 3 });
    // None, where the machine is too busy to send one in that time.
    expect(server.requests.length).toBeLessThan(2);
  });
});
