import { formatAge, formatUtcExact } from "../format/time";
import { useNow } from "./useNow";

/** How fresh sums are: `updated 12 s ago`, by the server's last booking into them. */
export function Watermark({ at }: { at: string | null | undefined }) {
  const now = useNow();
  const time = at ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(time)) {
    return null;
  }
  return (
    <span className="updated" title={`The last booking: ${formatUtcExact(at!)} UTC`}>
      updated {formatAge(now - time)}
    </span>
  );
}
