import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext";

const LOOK_MS = 1_000;
/** So often at first, and seldom once it is late: it may never come. */
const LOOKS_AT_FIRST = 30;
const LOOK_WHEN_LATE_MS = 10_000;
const NEWEST = 50;

/**
 * Looks for the event that a call was booked as, again and again until it is there. The proxy books a
 * call under the id that it answered with; two clocks may differ, so no time is asked for.
 */
export function useLandedEvent(requestId: string, customerId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ["landed-event", requestId],
    queryFn: async ({ signal }) => {
      const page = { limit: NEWEST, cursor: null };
      const { data } = await api.events({ customer_id: customerId }, page, signal);
      return data.find((event) => event.event_id === requestId) ?? null;
    },
    refetchInterval: ({ state }) =>
      state.data ? false : lookAgainAfter(state.dataUpdateCount + state.errorUpdateCount),
    retry: false,
  });
}

export function lookAgainAfter(looks: number): number {
  return looks < LOOKS_AT_FIRST ? LOOK_MS : LOOK_WHEN_LATE_MS;
}
