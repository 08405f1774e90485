import { useEffect, useMemo, useState } from "react";
import { readRange, type Range } from "./range";

const HOUR_MS = 3_600_000;
const LOOK_MS = 30_000;

/** The range that the address says; it moves on with the hours while the page stays open. */
export function useRange(search: string): Range {
  const [hour, setHour] = useState(currentHour);
  useEffect(() => {
    const timer = setInterval(() => setHour(currentHour()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return useMemo(() => readRange(search, new Date(hour)), [search, hour]);
}

function currentHour(): number {
  return Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
}
