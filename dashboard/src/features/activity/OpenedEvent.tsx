import { useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useMemo } from "react";
import type { EventPage, EventQuery } from "../../api/types";
import { hrefTo, navigate } from "../../router";
import { ACTIVITY_PATH } from "../../paths";
import { EventDrawer } from "./EventDrawer";

interface Props {
  id: string;
  /** Of the list behind it, which may know the event already. */
  query: EventQuery;
  /** The address without the event. */
  search: string;
}

/** The event that the address names: a shared link opens it whatever the list behind shows. */
export function OpenedEvent({ id, query, search }: Props) {
  const queries = useQueryClient();
  const listed = useMemo(
    () =>
      queries
        .getQueryData<InfiniteData<EventPage>>(["events", query])
        ?.pages.flatMap((page) => page.data)
        .find((event) => event.id === id),
    [queries, query, id],
  );
  return (
    <EventDrawer
      id={id}
      listed={listed}
      onClosed={() => navigate(hrefTo(ACTIVITY_PATH, search), { replace: true })}
    />
  );
}
