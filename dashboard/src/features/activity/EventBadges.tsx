import type { UsageEvent } from "../../api/types";
import { Badge } from "../../ui/Badge";
import { callStatus, usageStatus } from "./labels";

export function unpricedReason(event: UsageEvent): string {
  return event.cost_reason || "There is no price for this event.";
}

export const QUARANTINED_MEANING =
  "The usage that came with this call contradicts itself, so that no number of it is believed.";

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
      {event.quarantined && (
        <Badge text="quarantined" tone="bad" prefix="Usage" reason={QUARANTINED_MEANING} />
      )}
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
