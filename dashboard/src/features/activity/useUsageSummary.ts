import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext";
import type { EventQuery } from "../../api/types";

const REFRESH_MS = 10_000;

/** The sums; also asked for anew whenever the list finds new events. */
export function useUsageSummary(query: EventQuery) {
  const api = useApi();
  return useQuery({
    queryKey: ["usage-summary", query],
    queryFn: ({ signal }) => api.usageSummary(query, signal),
    refetchInterval: REFRESH_MS,
  });
}
