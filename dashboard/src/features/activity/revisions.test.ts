import { expect, test } from "vitest";
import type { EventDetail } from "../../api/types";
import { shownRevisions } from "./revisions";

const NOW = {
  cost_usd: "0.02",
  cost_status: "priced",
  price_book: "2026-11-24",
  usage_status: "exact",
  status: "ok",
};

function detail(...history: object[]): EventDetail {
  return { ...NOW, history } as unknown as EventDetail;
}

test("revisions_neverReplaced_areTheOneThatHolds", () => {
  expect(shownRevisions(detail())).toMatchObject([{ until: null, change: null }]);
});

test("revisions_improvedAndPricedAnew_sayWhatChangedNewestFirst", () => {
  const shown = shownRevisions(
    detail(
      {
        ...NOW,
        revision: 0,
        replaced_at: "a",
        usage_status: "missing",
        status: "unaccounted",
        price_book: "old",
      },
      { ...NOW, revision: 1, replaced_at: "b", cost_usd: "0.01", price_book: "old" },
    ),
  );
  expect(shown.map(({ until, change }) => [until, change])).toEqual([
    [null, "priced by book 2026-11-24 instead of old"],
    ["b", "usage missing → exact, call unaccounted → ok"],
    ["a", null],
  ]);
});
