import { expect, test } from "vitest";
import { bucketsFor, daysOf, readRange } from "./range";
import { rangeLabel } from "./RangePicker";

const NOW = new Date("2026-11-24T10:32:11Z");
const edges = (search: string) => {
  const { from, to } = readRange(search, NOW);
  return [from, to];
};

test.each([
  ["", "2026-10-26T00:00:00Z", "2026-11-24T11:00:00Z"],
  ["range=today", "2026-11-24T00:00:00Z", "2026-11-24T11:00:00Z"],
  ["range=7d", "2026-11-18T00:00:00Z", "2026-11-24T11:00:00Z"],
  ["range=month", "2026-11-01T00:00:00Z", "2026-11-24T11:00:00Z"],
  ["range=last-month", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"],
  ["range=nonsense", "2026-10-26T00:00:00Z", "2026-11-24T11:00:00Z"],
  ["from=2026-11-01&to=2026-11-02", "2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z"],
  ["from=2026-11-24T09:00Z&to=2026-11-24T10:00Z", "2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z"],
  ["from=2026-11-20", "2026-11-20T00:00:00Z", "2026-11-24T11:00:00Z"],
  ["from=2026-11-20&to=2026-11-10", "2026-10-26T00:00:00Z", "2026-11-24T11:00:00Z"],
  // Berlin changed to winter time on 2026-10-25.
  ["range=today&tz=Europe/Berlin", "2026-11-23T23:00:00Z", "2026-11-24T11:00:00Z"],
  ["range=last-month&tz=Europe/Berlin", "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z"],
  // The day begins at 18:30: it is counted from the next whole hour of UTC, as by the API.
  ["range=today&tz=Asia/Kolkata", "2026-11-23T19:00:00Z", "2026-11-24T11:00:00Z"],
  ["from=2026-11-01&to=2026-11-01&tz=Asia/Kolkata", "2026-10-31T19:00:00Z", "2026-11-01T19:00:00Z"],
  // Clocks went from 00:00 to 01:00 in Santiago on 2026-09-06, and from 01:00 to 00:00 in Havana on
  // 2026-11-01.
  [
    "from=2026-09-06&to=2026-09-06&tz=America/Santiago",
    "2026-09-06T04:00:00Z",
    "2026-09-07T03:00:00Z",
  ],
  [
    "from=2026-11-01&to=2026-11-01&tz=America/Havana",
    "2026-11-01T04:00:00Z",
    "2026-11-02T05:00:00Z",
  ],
  // Samoa had no 2011-12-30.
  ["from=2011-12-29&to=2011-12-30&tz=Pacific/Apia", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"],
])("readRange_%s_isFrom%sTo%s", (search, from, to) => {
  expect(edges(search)).toEqual([from, to]);
});

test("readRange_unknownZone_isUtc", () => {
  expect(readRange("tz=Moon/Sea", NOW).timeZone).toBe("UTC");
});

test("readRange_chosenDays_haveNoPreset", () => {
  expect(readRange("range=7d&from=2026-11-01&to=2026-11-02", NOW).preset).toBeNull();
});

test("bucketsFor_range_beginsWithWhatSuitsIt", () => {
  const first = (search: string) => bucketsFor(readRange(search, NOW))[0];
  expect(["range=today", "range=7d", "range=90d", "from=2025-01-01"].map(first)).toEqual([
    "hour",
    "day",
    "day",
    "week",
  ]);
});

test.each(["UTC", "Asia/Kolkata", "Pacific/Chatham", "America/St_Johns", "America/Santiago"])(
  "daysOf_daysChosenIn%s_areTheseDays",
  (zone) => {
    const range = readRange(`from=2026-09-05&to=2026-09-06&tz=${zone}`, NOW);
    expect(daysOf(range)).toEqual({ first: "2026-09-05", last: "2026-09-06" });
    expect(rangeLabel(range)).toBe("2026-09-05 – 2026-09-06");
  },
);
