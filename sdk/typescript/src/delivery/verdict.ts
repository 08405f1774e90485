import type { Answer } from "../transport.js";

/** What an answer says about a batch. */
export type Verdict =
  /** Judged one by one; `rest` is what becomes of those that are not listed. */
  | { kind: "judged"; rejections: Rejection[]; rest: "accepted" | "again"; duplicates: number }
  /** Something in it is wrong, and it does not say what. */
  | { kind: "halve"; code: string; reason: string }
  /** Not one of them will ever be taken. */
  | { kind: "refused"; code: string; reason: string }
  /** It says nothing about the events. */
  | { kind: "retry"; reason: string; retryAfter: string | null };

export interface Rejection {
  index: number;
  code: string;
  reason: string;
  retryable: boolean;
}

const REASON_AT_MOST = 200;

/** Reads the ingestion API's answer to a batch of so many events. */
export function verdict(answer: Answer, events: number): Verdict {
  const { status, json, retryAfter } = answer;
  const good = status >= 200 && status < 300;
  if (status === 413) {
    return { kind: "halve", code: "too_large", reason: "the server takes no event this large" };
  }
  if (!isApiAnswer(json, good)) {
    // A gateway's page, whatever its status: the API itself did not speak.
    return { kind: "retry", reason: `HTTP ${status}, not the API's answer`, retryAfter };
  }
  const rejections = rejectionsOf(json["errors"], events);
  const duplicates = count(json, "duplicates");
  const unsaid = events - rejections.length - count(json, "accepted") - duplicates;
  if (rejections.length > 0) {
    // A 202 has taken the rest, if it says so. An error may have taken nothing. To send again is safe.
    const rest = good && unsaid <= 0 ? "accepted" : "again";
    return { kind: "judged", rejections, rest, duplicates: rest === "accepted" ? duplicates : 0 };
  }
  const code = text(json["error"]) ?? `http_${status}`;
  const reason = text(json["message"]) ?? `HTTP ${status}`;
  if (good) {
    if (count(json, "rejected") > 0) {
      return { kind: "halve", code: "rejected", reason: "refused without a reason" };
    }
    return unsaid > 0
      ? { kind: "retry", reason: `HTTP ${status} for ${unsaid} event(s) too few`, retryAfter }
      : { kind: "judged", rejections, rest: "accepted", duplicates };
  }
  if (status === 400 || status === 422) {
    return { kind: "halve", code, reason };
  }
  if (status === 401 || status === 403) {
    return { kind: "refused", code, reason };
  }
  return { kind: "retry", reason: `HTTP ${status} ${code}`, retryAfter };
}

function isApiAnswer(json: unknown, good: boolean): json is Record<string, unknown> {
  if (typeof json !== "object" || json === null) {
    return false;
  }
  const body = json as Record<string, unknown>;
  return good ? typeof body["accepted"] === "number" : typeof body["error"] === "string";
}

function rejectionsOf(errors: unknown, events: number): Rejection[] {
  if (!Array.isArray(errors)) {
    return [];
  }
  const byIndex = new Map<number, Rejection>();
  for (const error of errors) {
    const index: unknown = error?.index;
    if (typeof index === "number" && Number.isInteger(index) && index >= 0 && index < events) {
      const field = text(error.field);
      const reason = text(error.reason) ?? "no reason given";
      byIndex.set(index, {
        index,
        code: text(error.code) ?? "rejected",
        reason: field === undefined ? reason : `${field}: ${reason}`,
        retryable: error.retryable === true,
      });
    }
  }
  return [...byIndex.values()];
}

function count(json: Record<string, unknown>, field: string): number {
  const value = json[field];
  return typeof value === "number" && value > 0 ? value : 0;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, REASON_AT_MOST) : undefined;
}
