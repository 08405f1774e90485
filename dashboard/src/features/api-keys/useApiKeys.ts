import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useApi } from "../../api/ApiContext";

const API_KEYS = ["api-keys"];

export function useApiKeys() {
  const api = useApi();
  return useQuery({ queryKey: API_KEYS, queryFn: ({ signal }) => api.apiKeys(signal) });
}

/** Has the list asked for anew: after a change, and after one that may have happened. */
export function useRefreshApiKeys(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: API_KEYS }), [queries]);
}
