/** For how long events are kept, in words. */
export function retentionWords(days: number | null): string {
  return days === null
    ? "For ever. OM_EVENT_RETENTION_DAYS is not set."
    : `${days} ${days === 1 ? "day" : "days"} from when they happened (OM_EVENT_RETENTION_DAYS).`;
}
