import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../src/clock.js";
import type { AdoptedEvent } from "../src/delivery/spool.js";
import { OpenMonetize } from "../src/client.js";
import { NodeSpool } from "../src/spool/node-spool.js";
import { LogLines } from "./log-lines.js";

let root: string;
let log: LogLines;
const open: NodeSpool[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "om-spool-"));
  log = new LogLines();
});

afterEach(() => {
  open.splice(0).forEach((spool) => spool.close());
  rmSync(root, { recursive: true, force: true });
});

function spool(maxBytes = 1_000_000): NodeSpool {
  const made = new NodeSpool(root, { clock: systemClock, logger: log, maxBytes });
  open.push(made);
  return made;
}

function event(id: string): string {
  return JSON.stringify({ event_id: id });
}

function append(to: NodeSpool, id: string) {
  return to.append(event(id), event(id).length);
}

function adopt(by: NodeSpool): { events: AdoptedEvent[]; torn: number } {
  const found = { events: [] as AdoptedEvent[], torn: 0 };
  by.adopt(
    (adopted) => found.events.push(adopted),
    (lines) => (found.torn += lines),
  );
  return found;
}

/** All lines on disk. */
function lines(): string[] {
  return (readdirSync(root, { recursive: true }) as string[])
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(root, name), "utf8").split("\n"))
    .filter((line) => line !== "");
}

/** A folder as a process leaves it that was killed. */
function abandoned(content: string, owner?: object): string {
  const folder = join(root, "dead");
  mkdirSync(folder);
  writeFileSync(join(folder, "000000001.jsonl"), content);
  if (owner !== undefined) {
    writeFileSync(join(folder, "owner.json"), JSON.stringify(owner));
  }
  return folder;
}

test("append_event_isOnDiskAtOnce, and goes when all of its file are settled", () => {
  const own = spool();
  const first = append(own, "a")!;
  append(own, "b");
  expect(lines()).toEqual([event("a"), event("b")]);

  own.settled(first);
  expect(lines()).toHaveLength(2);
  own.settled(first);
  expect(lines()).toEqual([]);
});

test("close leaves what is not settled, and nothing else", () => {
  const left = spool();
  append(left, "a");
  left.close();
  const empty = spool();
  empty.close();

  expect(readdirSync(root)).toHaveLength(1);
  expect(adopt(spool()).events.map(({ eventId }) => eventId)).toEqual(["a"]);
});

test("a living client's folder is left alone, one of the same process too", () => {
  append(spool(), "a");

  expect(adopt(spool()).events).toEqual([]);
  expect(lines()).toEqual([event("a")]);
});

test("what was adopted is adopted by one, and kept until it is settled", () => {
  abandoned(`${event("a")}\n${event("b")}\n`);
  const own = spool();
  const { events } = adopt(own);

  expect(events.map(({ eventId, json }) => [eventId, json])).toEqual([
    ["a", event("a")],
    ["b", event("b")],
  ]);
  expect(adopt(spool()).events).toEqual([]);
  expect(lines()).toHaveLength(2);
  events.forEach(({ segment }) => own.settled(segment));
  expect(lines()).toEqual([]);
});

test("a torn last line is skipped and counted", () => {
  abandoned(`${event("a")}\n{"event_id":"b","custo`);

  const { events, torn } = adopt(spool());

  expect(events.map(({ eventId }) => eventId)).toEqual(["a"]);
  expect(torn).toBe(1);
});

test("an owner that gave no sign of life for long is taken for dead, wherever it ran", () => {
  const folder = abandoned(`${event("a")}\n`, { host: "elsewhere", pid: 1, started: "1" });
  expect(adopt(spool()).events).toEqual([]);

  const longAgo = new Date(Date.now() - 600_000);
  utimesSync(join(folder, "owner.json"), longAgo, longAgo);
  expect(adopt(spool()).events).toHaveLength(1);
});

test("a full spool says so and keeps no more", () => {
  const own = spool(60);
  expect(append(own, "a")).toBeDefined();
  expect(append(own, "b")).toBeDefined();
  expect(append(own, "c".repeat(30))).toBeUndefined();
  expect(log.matching(/it is full/)).toHaveLength(1);
});

test("adoption stops where the spool is full", () => {
  const folder = abandoned(`${event("a".repeat(100))}\n`);
  writeFileSync(join(folder, "000000002.jsonl"), `${event("b".repeat(100))}\n`);

  expect(adopt(spool(150)).events).toHaveLength(1);
  expect(adopt(spool(150)).events).toHaveLength(1);
});

test("a folder that goes away under it is made again", () => {
  const own = spool();
  const first = append(own, "a")!;
  rmSync(root, { recursive: true });
  own.settled(first);

  expect(append(own, "b")).toBeDefined();
  expect(lines()).toEqual([event("b")]);
});

test("a spool that cannot be made costs no event", async () => {
  const file = join(root, "a-file");
  appendFileSync(file, "");
  chmodSync(file, 0o600);
  const om = new OpenMonetize({ apiKey: "k", spoolDirectory: file, logger: log, autoFlush: false });
  om.trackApiCall({ customerId: "acme", featureId: "chat" });

  expect(om.stats()).toMatchObject({ tracked: 1, queued: 1, dropped: 0 });
  expect(log.matching(/The spool could not/)).not.toHaveLength(0);
});

test("refused events leave the spool, those of used-up retries stay for the next process", async () => {
  const answer = (status: number, body: object) => async () => ({
    status,
    headers: { get: () => null },
    text: async () => JSON.stringify(body),
  });
  const run = async (fetch: ReturnType<typeof answer>) => {
    const options = { apiKey: "k", spoolDirectory: root, logger: log, maxRetries: 0, fetch };
    const om = new OpenMonetize(options);
    om.trackApiCall({ customerId: "acme", featureId: "chat" });
    return om.close();
  };

  expect(await run(answer(500, { error: "INTERNAL_ERROR" }))).toMatchObject({
    failed: [{ code: "retries_exhausted" }],
  });
  expect(lines()).toHaveLength(1);
  expect((await run(answer(400, { error: "VALIDATION_ERROR" }))).failed).toHaveLength(2);
  expect(lines()).toEqual([]);
  expect(readdirSync(root)).toEqual([]);
});
