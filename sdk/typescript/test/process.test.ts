import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { IngestionServer, answersPage, takes, takesAndNeverAnswers } from "./ingestion-server.js";
import { Program } from "./program.js";

let server: IngestionServer;
let spool: string;

beforeEach(async () => {
  server = await IngestionServer.started();
  spool = mkdtempSync(join(tmpdir(), "om-spool-"));
});

afterEach(async () => {
  await server.stop();
  rmSync(spool, { recursive: true, force: true });
});

test("a process that ends by itself delivers first", async () => {
  const ended = await new Program("track-and-end", server.url, ["20000", "20000"]).ended;

  expect(ended).toMatchObject({ code: 0, out: "", err: "" });
  expect(server.booked.size).toBe(250);
});

test("a process ends within the bound where the server does not answer", async () => {
  server.always = takesAndNeverAnswers;

  const { code, err } = await new Program("track-and-end", server.url, ["500", "500"]).ended;

  expect(code).toBe(0);
  expect(err).toContain("[OpenMonetize] The process ends with 250 event(s) undelivered");
});

test("a process that was killed: the next one delivers every event once", async () => {
  // Of the first one's batches the server takes one, whose answer never comes.
  server.script.push(takes);
  server.always = answersPage(502);
  server.script.push(takesAndNeverAnswers);
  const first = new Program("track-into-spool", server.url, [spool]);
  await first.says("tracked");
  await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBe(2);
  first.process.kill("SIGKILL");
  expect(await first.ended).toMatchObject({ signal: "SIGKILL" });
  server.always = takes;

  const { code, out } = await new Program("flush-spool", server.url, [spool]).ended;

  expect(code).toBe(0);
  expect(JSON.parse(out.slice(out.indexOf("{")))).toMatchObject({ failed: [], pending: 0 });
  const users = [...server.booked.values()].map((event) => event["user_id"]);
  expect(new Set(users).size).toBe(501);
  expect(users).toHaveLength(501);
  expect(readdirSync(spool)).toEqual([]);
});

test("a million events for a dead server: memory is bounded, and the app goes on", async () => {
  await server.stop();

  const { code, out } = await new Program("million", server.url, [], ["--max-old-space-size=48"])
    .ended;

  const end = JSON.parse(out) as Record<string, number>;
  expect(code).toBe(0);
  expect(end["tracked"]! + end["dropped"]!).toBe(1_000_000);
  expect(end["queued"]).toBe(10_000);
  expect(end["pending"]).toBe(10_000);
  expect(end["ticks"]).toBeGreaterThan(10);
  expect(end["mostHeap"]).toBeLessThan(48_000_000);
  await server.start();
}, 120_000);
