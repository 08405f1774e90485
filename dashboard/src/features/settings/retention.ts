/** For how long events are kept, in words; undefined where the API does not say. */
export function retentionWords(days: number | null | undefined): string {
  if (days === undefined) {
    return "For ever, unless OM_EVENT_RETENTION_DAYS is set for the worker. This API does not say.";
  }
  return days === null
    ? "For ever. OM_EVENT_RETENTION_DAYS is not set."
    : `${days} ${days === 1 ? "day" : "days"} from when they happened (OM_EVENT_RETENTION_DAYS).`;
}
