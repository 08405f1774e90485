import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useApi } from "../../api/ApiContext";

const STATE = ["pipeline"];
const DEAD_LETTERS = ["dead-letters"];
const REFRESH_MS = 5_000;

/** As many as the page asks for at once; the queue gives some, not an order. */
export const DEAD_LETTERS_AT_MOST = 50;

export function usePipelineState() {
  const api = useApi();
  return useQuery({
    queryKey: STATE,
    queryFn: ({ signal }) => api.pipeline(signal),
    refetchInterval: REFRESH_MS,
  });
}

export function useDeadLetters() {
  const api = useApi();
  return useQuery({
    queryKey: DEAD_LETTERS,
    queryFn: ({ signal }) => api.deadLetters(DEAD_LETTERS_AT_MOST, signal),
    // Reading the queue hides what is read for a moment: it is asked when it is looked at only.
    staleTime: Infinity,
  });
}

/** Has the state and the letters asked for anew: after a change, and after one that may have been. */
export function useRefreshPipeline(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    void queries.invalidateQueries({ queryKey: STATE });
    void queries.invalidateQueries({ queryKey: DEAD_LETTERS });
  }, [queries]);
}

export function useReratings() {
  const api = useApi();
  return useQuery({ queryKey: ["reratings"], queryFn: ({ signal }) => api.reratings(signal) });
}

export function useLateChanges() {
  const api = useApi();
  return useQuery({
    queryKey: ["late-changes"],
    queryFn: ({ signal }) => api.lateChanges({}, signal),
  });
}
