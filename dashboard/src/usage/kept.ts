import type { EventQuery, GroupBy } from "../api/types";

// Sums are kept by some groupings with some filters, so that any of them is read at once. What is not
// kept is not asked for: the page says why instead of showing the server's refusal.

/** Why there are no sums of this grouping with these filters; null where there are. */
export function whyNotKept(group: GroupBy, query: EventQuery): string | null {
  const { customer_id, user_id, feature_id, provider, model } = query;
  if (group === "customer" && customer_id === undefined) {
    const ofModel = provider !== undefined && model !== undefined;
    const ofSome = provider !== undefined || model !== undefined;
    if ((feature_id !== undefined && ofSome) || (ofSome && !ofModel)) {
      return "Customers are summed for one feature, or for one model of one provider.";
    }
  }
  if (group === "user" && user_id === undefined) {
    if (customer_id === undefined) {
      return "Users belong to a customer: choose one.";
    }
    if (feature_id !== undefined || provider !== undefined || model !== undefined) {
      return "Users are summed over everything of their customer: clear the other filters.";
    }
  }
  return null;
}

/** Whether these sums are kept by whole days of UTC only. */
export function isKeptByDayOnly(group: GroupBy, query: EventQuery): boolean {
  const { customer_id, user_id, feature_id, provider, model } = query;
  return group === "customer"
    ? customer_id === undefined && [feature_id, provider, model].some((each) => each !== undefined)
    : group === "user" && user_id === undefined;
}
