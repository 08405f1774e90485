import { expect, test } from "vitest";
import { sampleKey } from "../../../test/sample-events";
import { keyStatus } from "./keyStatus";

const NOW = Date.parse("2026-11-24T10:00:00Z");

test.each([
  [{}, "active"],
  [{ expires_at: "2026-11-24T10:00:01Z" }, "active"],
  [{ expires_at: "2026-11-24T10:00:00Z" }, "expired"],
  [{ revoked_at: "2026-11-01T00:00:00Z" }, "revoked"],
  [{ revoked_at: "2026-11-01T00:00:00Z", expires_at: "2026-11-02T00:00:00Z" }, "revoked"],
])("keyStatus_%j_is%s", (fields, status) => {
  expect(keyStatus(sampleKey(fields), NOW)).toBe(status);
});
