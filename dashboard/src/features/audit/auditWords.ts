import type { AuditEntry } from "../../api/types";

const ACTIONS: Record<string, string> = {
  "api_key.created": "generated the API key",
  "api_key.revoked": "revoked the API key",
  "api_key.rotated": "rotated the API key",
  "session.created": "signed in",
  "session.failed": "A sign-in failed",
  "session.ended": "signed out",
  "session.ended_everywhere": "signed out everywhere",
  "operator.created": "made the operator",
  "operator.password_changed": "changed the password of",
  "operator.removed": "removed the operator",
  "dead_letters.redriven": "redrove dead letters",
};

/** What was done, in words; an action that is newer than this page by its name on the wire. */
export function actionWords(action: string): string {
  return ACTIONS[action] ?? action;
}

/** `name: checkout service, overlap_seconds: 3600` */
export function detailWords({ details }: AuditEntry): string {
  return Object.entries(details)
    .map(([name, value]) => `${name.replaceAll("_", " ")}: ${value}`)
    .join(", ");
}
