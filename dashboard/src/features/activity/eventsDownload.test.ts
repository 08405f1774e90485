import { expect, test } from "vitest";
import { countLines, fetchAllParts, type CsvPart, type DownloadProgress } from "./eventsDownload";

const PARTS: Record<string, CsvPart> = {
  start: { text: "id,cost\r\n1,0.5\r\n", nextCursor: "c1" },
  c1: { text: '"2\r\n""x""",0.25\r\n', nextCursor: "c2" },
  c2: { text: "3,\r\n", nextCursor: null },
};

test("fetchAllParts_severalParts_followsTheCursorsAndTellsProgress", async () => {
  const told: DownloadProgress[] = [];
  const asked: (string | null)[] = [];
  const parts = await fetchAllParts(
    (cursor) => {
      asked.push(cursor);
      return Promise.resolve(PARTS[cursor ?? "start"]!);
    },
    new AbortController().signal,
    (progress) => told.push(progress),
  );
  expect(asked).toEqual([null, "c1", "c2"]);
  expect(parts.join("")).toBe('id,cost\r\n1,0.5\r\n"2\r\n""x""",0.25\r\n3,\r\n');
  expect(told.map(({ rows }) => rows)).toEqual([1, 2, 3]);
});

test("fetchAllParts_cancelled_asksForNoMore", async () => {
  const cancel = new AbortController();
  let asked = 0;
  const parts = fetchAllParts(
    () => {
      asked += 1;
      cancel.abort();
      return Promise.resolve(PARTS["start"]!);
    },
    cancel.signal,
    () => {},
  );
  await expect(parts).rejects.toThrow(/abort/i);
  expect(asked).toBe(1);
});

test("countLines_lineEndsInQuotes_areNoRows", () => {
  expect(countLines('a\r\n"b\r\nc",d\r\n')).toBe(2);
  expect(countLines("")).toBe(0);
});
