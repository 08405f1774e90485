import type { EventDetail, EventRevision } from "../../api/types";

type Said = Pick<EventRevision, "cost_status" | "price_book" | "usage_status"> & {
  cost_usd?: string | null;
  status?: string | null;
};

export interface ShownRevision {
  said: Said;
  /** Until when the ledger said so; null for what it says now. */
  until: string | null;
  /** What it was, against the one before it; null for the first. */
  change: string | null;
}

/** What the ledger says of an event and said before, newest first. */
export function shownRevisions(event: EventDetail): ShownRevision[] {
  const before = [...event.history].sort((a, b) => b.revision - a.revision);
  const all: { said: Said; until: string | null }[] = [
    { said: event, until: null },
    ...before.map((said) => ({ said, until: said.replaced_at })),
  ];
  return all.map(({ said, until }, index) => {
    const earlier = all[index + 1]?.said;
    return { said, until, change: earlier === undefined ? null : changeOf(earlier, said) };
  });
}

function changeOf(before: Said, after: Said): string {
  const changes = [
    before.usage_status !== after.usage_status &&
      `usage ${before.usage_status} → ${after.usage_status}`,
    before.status !== after.status && `call ${before.status} → ${after.status}`,
    before.price_book !== after.price_book &&
      `priced by book ${after.price_book} instead of ${before.price_book}`,
  ].filter((change) => change !== false);
  return changes.length > 0 ? changes.join(", ") : "told better";
}
