import type { EventPage, UsageEvent } from "../../api/types";

/** How many of the newest events are not in the list yet. */
export interface NewEvents {
  count: number;
  /** True when none of the newest events is in the list: there may be more behind them. */
  orMore: boolean;
}

/** Event ids are the reporters' own: two customers, or two idempotency keys, may share one. */
export function rowKey(event: UsageEvent): string {
  return JSON.stringify([event.customer_id, event.event_id, event.timestamp, event.received_at]);
}

export function countNew(newest: EventPage, listed: readonly UsageEvent[]): NewEvents {
  const known = new Set(listed.map(rowKey));
  const count = newest.data.filter((event) => !known.has(rowKey(event))).length;
  const nothingInCommon = count > 0 && count === newest.data.length;
  return { count, orMore: nothingInCommon && newest.next_cursor !== null };
}

/**
 * The list with the newest page laid over it. An event may have been booked late and stand between
 * others, or have changed since it was listed: the newest page's order and content win, and the older
 * rest follows. A list of a single page stays one, however long it is looked at. Where the newest
 * page and the list have no event in common, there may be a gap between them, and the list starts
 * anew.
 */
export function mergeNewest(newest: EventPage, listed: readonly EventPage[]): EventPage[] {
  const [first, ...others] = listed;
  if (first === undefined || others.length === 0) {
    return [newest];
  }
  if (
    countNew(
      newest,
      listed.flatMap((page) => page.data),
    ).orMore
  ) {
    return [newest];
  }
  const fresh = new Set(newest.data.map(rowKey));
  const [firstRest, ...otherRests] = listed.map((page) => ({
    ...page,
    data: page.data.filter((event) => !fresh.has(rowKey(event))),
  }));
  return [{ ...first, data: [...newest.data, ...(firstRest?.data ?? [])] }, ...otherRests];
}
