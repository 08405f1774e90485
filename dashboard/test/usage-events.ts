import { sampleEvent } from "./sample-events.ts";
import type { UsageEvent } from "../src/api/types.ts";

const DAY_MS = 86_400_000;

/** An event of so many days ago, at noon (UTC) of that day or a minute ago today. */
export function eventDaysAgo(days: number, fields: Partial<UsageEvent> = {}): UsageEvent {
  const now = Date.now();
  const noon = Math.floor(now / DAY_MS) * DAY_MS - days * DAY_MS + DAY_MS / 2;
  const timestamp = new Date(days === 0 ? now - 60_000 : noon).toISOString();
  const event_id =
    fields.event_id ?? `evt_${days}_${fields.customer_id ?? ""}_${fields.model ?? ""}`;
  return sampleEvent({ timestamp, received_at: timestamp, event_id, ...fields });
}

/** The day so many days ago, `YYYY-MM-DD` (UTC). */
export function dayAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

/** Two customers and three models over some days, one of which has no price. */
export function someEvents(): UsageEvent[] {
  return [
    eventDaysAgo(1, { customer_id: "acme", cost_usd: "1.10", feature_id: "chat" }),
    eventDaysAgo(1, {
      customer_id: "globex",
      provider: "OPENAI",
      model: "gpt-5-mini",
      feature_id: "search",
      cost_usd: "2.20",
    }),
    eventDaysAgo(2, {
      customer_id: "globex",
      provider: "OPENAI",
      model: "gpt-6-preview",
      cost_usd: null,
      cost_status: "unpriced",
      cost_reason: "the price book does not know this model",
    }),
    eventDaysAgo(40, { customer_id: "acme", cost_usd: "0.55" }),
  ];
}
