import { formatAge } from "../format/time";
import { useNow } from "./useNow";

/** "updated 3 s ago". Not announced: it changes all the time. */
export function Updated({ at }: { at: number }) {
  return <span className="updated">updated {formatAge(useNow() - at)}</span>;
}
