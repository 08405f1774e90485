import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext";

const LOOK_MS = 1_000;
const NEWEST = 50;

/**
 * Looks for the event that a call was booked as, every second until it is there. The proxy books a
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
    refetchInterval: ({ state }) => (state.data ? false : LOOK_MS),
    retry: false,
  });
}
