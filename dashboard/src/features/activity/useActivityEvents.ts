import {
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { useApi } from "../../api/ApiContext";
import type { EventPage, EventQuery } from "../../api/types";
import { countNew, mergeNewest } from "./mergeNewest";

const PAGE_SIZE = 50;
const POLL_MS = 2_000;
const POLL_AFTER_FAILURE_MS = 10_000;

type Pages = InfiniteData<EventPage, string | null>;

/**
 * The list of events, and beside it the newest page, asked for every two seconds while the tab can be
 * seen. The list changes only when `showNew` is called, so that nothing moves under the reader's
 * hand; `mayMove` tells whether that may happen by itself.
 */
export function useActivityEvents(query: EventQuery, mayMove: () => boolean) {
  const api = useApi();
  const queries = useQueryClient();
  const listKey = useMemo(() => ["events", query], [query]);

  const list = useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ pageParam, signal }) =>
      api.events(query, { limit: PAGE_SIZE, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // The poll keeps it fresh; a refetch would ask for every loaded page again.
    staleTime: Infinity,
  });
  const pages = list.data?.pages;

  const newest = useQuery({
    queryKey: ["newest-events", query],
    queryFn: ({ signal }) => api.events(query, { limit: PAGE_SIZE, cursor: null }, signal),
    enabled: pages !== undefined,
    initialData: () => pages?.[0],
    staleTime: Infinity,
    // A list come back to brings its own first page, which is older than what is kept here.
    gcTime: 0,
    retry: false,
    refetchInterval: ({ state }) => (state.status === "error" ? POLL_AFTER_FAILURE_MS : POLL_MS),
  });

  const events = useMemo(() => pages?.flatMap((page) => page.data) ?? [], [pages]);
  const fresh = useMemo(
    () => (newest.data === undefined ? { count: 0, orMore: false } : countNew(newest.data, events)),
    [newest.data, events],
  );

  const showNew = useCallback(() => {
    const page = queries.getQueryData<EventPage>(["newest-events", query]);
    queries.setQueryData<Pages>(listKey, (known) => {
      if (page === undefined || known === undefined) {
        return known;
      }
      const merged = mergeNewest(page, known.pages);
      return { pages: merged, pageParams: known.pageParams.slice(0, merged.length) };
    });
  }, [queries, listKey, query]);

  const loadedMore = pages !== undefined && pages.length > 1;
  const { data: newestPage, dataUpdatedAt } = newest;
  useEffect(() => {
    // Looked at anew after every poll: the reader may have gone back to the top meanwhile.
    if (dataUpdatedAt > 0 && newestPage !== undefined && !loadedMore && mayMove()) {
      showNew();
    }
  }, [newestPage, dataUpdatedAt, loadedMore, mayMove, showNew]);

  useEffect(() => {
    if (fresh.count > 0) {
      void queries.invalidateQueries({ queryKey: ["usage-summary"] });
    }
  }, [fresh.count, queries]);

  return { list, events, newest, fresh, showNew };
}
