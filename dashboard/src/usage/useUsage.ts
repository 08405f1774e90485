import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import type { BreakdownQuery, EventQuery, SeriesQuery } from "../api/types";
import { whyNotKept } from "./kept";

// What pages ask of the sums. They are asked for anew while the page is looked at, so that what is
// said to be fresh is.

const REFRESH_MS = 30_000;

const fresh = { refetchInterval: REFRESH_MS };

export function useSummary(query: EventQuery) {
  const api = useApi();
  return useQuery({
    queryKey: ["usage-summary", query],
    queryFn: ({ signal }) => api.usageSummary(query, signal),
    ...fresh,
  });
}

export function useSeries(query: SeriesQuery) {
  const api = useApi();
  return useQuery({
    queryKey: ["series", query],
    queryFn: ({ signal }) => api.series(query, signal),
    enabled: whyNotKept(query.group_by, query) === null,
    ...fresh,
  });
}

export function useBreakdown(query: BreakdownQuery) {
  const api = useApi();
  return useQuery({
    queryKey: ["breakdown", query],
    queryFn: ({ signal }) => api.breakdown(query, signal),
    enabled: whyNotKept(query.group_by, query) === null,
    ...fresh,
  });
}

export function useForecast(query: EventQuery) {
  const api = useApi();
  return useQuery({
    queryKey: ["forecast", query],
    queryFn: ({ signal }) => api.forecast(query, signal),
    ...fresh,
  });
}

export function useCustomers(query: EventQuery) {
  const api = useApi();
  return useQuery({
    queryKey: ["customers", query],
    queryFn: ({ signal }) => api.customers(query, signal),
    ...fresh,
  });
}

const LATEST = 8;

export function useLatestEvents(query: EventQuery) {
  const api = useApi();
  return useQuery({
    queryKey: ["latest-events", query],
    queryFn: ({ signal }) => api.events(query, { limit: LATEST, cursor: null }, signal),
    refetchInterval: 10_000,
  });
}
