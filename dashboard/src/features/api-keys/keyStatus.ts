import type { ApiKey } from "../../api/types";

export type KeyStatus = "active" | "revoked" | "expired";

export function keyStatus(key: ApiKey, now: number): KeyStatus {
  if (key.revoked_at) {
    return "revoked";
  }
  return key.expires_at && Date.parse(key.expires_at) <= now ? "expired" : "active";
}
