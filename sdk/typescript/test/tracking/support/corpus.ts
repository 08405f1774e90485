import { readFileSync } from "node:fs";
import type { Provider } from "../../../src/index.js";

const ROOT = new URL("../../../../../events/src/main/resources/conformance/", import.meta.url);

/** An answer of the conformance corpus, with what it means. */
export interface Case {
  file: string;
  provider: Provider;
  path: string;
  stream: boolean;
  status: number;
  content_type: string;
  content_encoding: string | null;
  end: "whole" | "interrupted" | "abandoned";
  requested_model: string | null;
  expected: {
    status: string;
    model: string | null;
    response_id: string | null;
    lines: { model: string | null; tokens?: Record<string, number>; units?: unknown }[];
  };
}

export function cases(): Case[] {
  const manifest = readFileSync(new URL("manifest.json", ROOT), "utf8");
  return (JSON.parse(manifest) as { cases: Case[] }).cases;
}

export function body(file: string): Buffer {
  return readFileSync(new URL(file, ROOT));
}
