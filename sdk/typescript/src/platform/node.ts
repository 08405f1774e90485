import { randomUUID } from "node:crypto";
import { NodeSpool } from "../spool/node-spool.js";
import { VERSION } from "../version.js";
import type { ExitTasks, Platform } from "./platform.js";

const LONG_MS = 3_600_000;

/** What Node, Bun and Deno give. */
export const platform: Platform = {
  userAgent: `@openmonetize/sdk/${VERSION}`,
  env(name) {
    try {
      return process.env[name];
    } catch {
      // Deno asks its user for leave to read the environment, and got none.
      return undefined;
    }
  },
  newId: () => randomUUID(),
  byteLength: (text) => Buffer.byteLength(text),
  hold() {
    const timer = setInterval(() => {}, LONG_MS);
    return () => clearInterval(timer);
  },
  atExit: exitTasks(),
  openSpool: (directory, parts) => new NodeSpool(directory, parts),
};

/** One listener for however many clients: Node warns of many. */
function exitTasks(): ExitTasks {
  const tasks = new Set<() => void>();
  const run = () => {
    for (const task of [...tasks]) {
      task();
    }
  };
  return {
    add(task) {
      if (tasks.size === 0) {
        process.on("beforeExit", run);
      }
      tasks.add(task);
    },
    delete(task) {
      if (tasks.delete(task) && tasks.size === 0) {
        process.off("beforeExit", run);
      }
    },
  };
}
