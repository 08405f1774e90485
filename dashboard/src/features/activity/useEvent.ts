import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/ApiContext";

/** One event with its history and how its cost comes about. */
export function useEvent(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ["event", id],
    queryFn: ({ signal }) => api.event(id, signal),
  });
}
