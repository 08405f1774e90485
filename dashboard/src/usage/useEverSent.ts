import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";

const LOOK_MS = 5_000;

/**
 * Whether anything was ever sent; asked only where a page has nothing to show, to tell a new
 * installation from a range or filter that leaves nothing. Looks again until something comes.
 */
export function useEverSent({ enabled }: { enabled: boolean }) {
  const api = useApi();
  return useQuery({
    queryKey: ["ever-sent"],
    queryFn: async ({ signal }) =>
      (await api.events({}, { limit: 1, cursor: null }, signal)).data.length > 0,
    enabled,
    refetchInterval: ({ state }) => (state.data === true ? false : LOOK_MS),
  });
}
