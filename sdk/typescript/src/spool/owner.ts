import { readFileSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** In each process's folder: who owns it. Its time of change is the owner's sign of life. */
export const OWNER_FILE = "owner.json";

/** A process that gave no sign of life for so long is taken for dead, wherever it ran. */
const SILENT_MS = 120_000;

interface Owner {
  host: string;
  pid: number;
  /** Tells a process from a later one that got its number; null where the system does not say. */
  started: string | null;
}

export function writeOwner(folder: string): void {
  const owner: Owner = { host: hostname(), pid: process.pid, started: startOf(process.pid) };
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(owner), { mode: 0o600 });
}

/**
 * Whether nobody owns a folder any more. To be wrong costs a second sending, no event: the server
 * knows an event that it has.
 *
 * @param now in milliseconds since 1970
 */
export function isAbandoned(folder: string, now: number): boolean {
  const file = join(folder, OWNER_FILE);
  let owner: Owner;
  let seen: number;
  try {
    seen = statSync(file).mtimeMs;
    owner = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Closed in order, or killed at its very beginning.
    return true;
  }
  return now - seen > SILENT_MS || (owner.host === hostname() && !isAlive(owner));
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // Not permitted means that there is one.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const started = startOf(owner.pid);
  return started === null || owner.started === null || started === owner.started;
}

/** In clock ticks since the machine's start, of /proc (Linux). */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, and may hold blanks.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
