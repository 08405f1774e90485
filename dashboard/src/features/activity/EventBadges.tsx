import type { UsageEvent } from "../../api/types";
import { formatUsd } from "../../format/money";
import { Badge } from "../../ui/Badge";
import { callStatus, usageStatus } from "./labels";

/** As many as a millionth of a dollar needs, so that the column lines up. */
const COST_DIGITS = 6;

export function Cost({ event }: { event: UsageEvent }) {
  if (event.cost_status !== "priced" || !event.cost_usd) {
    return <Badge text="unpriced" tone="warning" reason={unpricedReason(event)} />;
  }
  return (
    <span title={`$${event.cost_usd}`}>{formatUsd(event.cost_usd, { digits: COST_DIGITS })}</span>
  );
}

export function unpricedReason(event: UsageEvent): string {
  return event.cost_reason || "There is no price for this event.";
}

/** How the call ended and, when it is not the provider's exact word, how well its usage is known. */
export function StatusBadges({ event }: { event: UsageEvent }) {
  const call = callStatus(event.status ?? "");
  return (
    <span className="badges">
      {event.status && (
        <Badge
          text={event.status}
          tone={call.tone}
          prefix="Call"
          reason={event.error_type ?? call.meaning}
        />
      )}
      <UsageBadge event={event} />
    </span>
  );
}

export function UsageBadge({ event, always = false }: { event: UsageEvent; always?: boolean }) {
  if (event.usage_status === "exact" && !always) {
    return null;
  }
  const { tone, meaning } = usageStatus(event.usage_status);
  return (
    <Badge
      text={event.usage_status}
      tone={tone}
      prefix="Usage"
      reason={event.usage_reason || meaning}
    />
  );
}
