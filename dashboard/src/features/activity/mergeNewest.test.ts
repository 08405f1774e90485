import { expect, test } from "vitest";
import type { EventPage } from "../../api/types";
import { sampleEvent } from "../../../test/sample-events";
import { countNew, mergeNewest } from "./mergeNewest";

function page(ids: string, next_cursor: string | null = null): EventPage {
  return { data: [...ids].map((id) => sampleEvent({ event_id: id })), next_cursor };
}

function ids(page: EventPage): string {
  return page.data.map((event) => event.event_id).join("");
}

test("countNew_overlap_countsOnlyWhatIsNotListed", () => {
  expect(countNew(page("yzab", "4"), page("abcdef").data)).toEqual({ count: 2, orMore: false });
});

test("countNew_nothingInCommonAndMoreBehind_saysSo", () => {
  expect(countNew(page("wxyz", "4"), page("abc").data)).toEqual({ count: 4, orMore: true });
});

test("countNew_firstEventsOfAll_areNotMoreThanTheyAre", () => {
  expect(countNew(page("ab"), [])).toEqual({ count: 2, orMore: false });
});

test("mergeNewest_loadedPages_keepTheirEventsAndCursor", () => {
  const merged = mergeNewest(page("zab", "b"), [page("abc", "c"), page("def", "f")]);
  expect(merged.map(ids)).toEqual(["zabc", "def"]);
  expect(merged.at(-1)?.next_cursor).toBe("f");
});

test("mergeNewest_eventBookedLate_standsAtItsPlace", () => {
  const merged = mergeNewest(page("aXb", "b"), [page("abc", "c"), page("def", "f")]);
  expect(merged.map(ids)).toEqual(["aXbc", "def"]);
});

test("mergeNewest_listOfOnePage_staysOnePage", () => {
  const merged = mergeNewest(page("zab", "b"), [page("abc", "c")]);
  expect(merged.map(ids)).toEqual(["zab"]);
  expect(merged[0]?.next_cursor).toBe("b");
});

test("mergeNewest_eventThatChanged_isTheNewOne", () => {
  const open = {
    data: [sampleEvent({ event_id: "a", usage_status: "missing" })],
    next_cursor: "a",
  };
  const settled = {
    data: [sampleEvent({ event_id: "a", usage_status: "exact" })],
    next_cursor: "a",
  };
  const merged = mergeNewest(settled, [open, page("bc")]);
  expect(merged[0]?.data.map((event) => event.usage_status)).toEqual(["exact"]);
});

test("mergeNewest_possibleGap_startsAnew", () => {
  const merged = mergeNewest(page("wxyz", "z"), [page("abc", "c"), page("def", "f")]);
  expect(merged.map(ids)).toEqual(["wxyz"]);
  expect(merged[0]?.next_cursor).toBe("z");
});
