import type { Bucket } from "../api/types";
import { wallTime } from "../range/zone";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Nov 24`, of a time on the zone's clocks. */
function monthDay(wall: string): string {
  return `${MONTHS[Number(wall.slice(5, 7)) - 1]} ${Number(wall.slice(8, 10))}`;
}

/** What stands below a bar: short. */
export function bucketLabel(start: string, bucket: Bucket, timeZone: string): string {
  const wall = wallTime(timeZone, new Date(start));
  switch (bucket) {
    case "hour":
      return wall.endsWith("T00:00") ? monthDay(wall) : wall.slice(11);
    case "day":
    case "week":
      return monthDay(wall);
    case "month":
      return `${MONTHS[Number(wall.slice(5, 7)) - 1]} ${wall.slice(0, 4)}`;
  }
}

/** What a bar is called where there is room: whole. */
export function bucketName(start: string, bucket: Bucket, timeZone: string): string {
  const wall = wallTime(timeZone, new Date(start));
  switch (bucket) {
    case "hour":
      return wall.replace("T", " ");
    case "day":
      return wall.slice(0, 10);
    case "week":
      return `week of ${wall.slice(0, 10)}`;
    case "month":
      return wall.slice(0, 7);
  }
}
