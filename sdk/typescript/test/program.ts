import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Ended {
  code: number | null;
  signal: string | null;
  out: string;
  err: string;
}

/** A program of test/programs in a Node of its own, with the built package. */
export class Program {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  #out = "";
  #err = "";

  constructor(name: string, baseUrl: string, args: string[] = [], nodeOptions: string[] = []) {
    const file = fileURLToPath(new URL(`programs/${name}.mjs`, import.meta.url));
    this.process = spawn(process.execPath, [...nodeOptions, file, ...args], {
      env: { ...process.env, OPENMONETIZE_BASE_URL: baseUrl },
    });
    this.process.stdout!.on("data", (chunk: Buffer) => (this.#out += chunk.toString()));
    this.process.stderr!.on("data", (chunk: Buffer) => (this.#err += chunk.toString()));
    this.ended = new Promise((resolve) =>
      this.process.once("close", (code, signal) =>
        resolve({ code, signal, out: this.#out, err: this.#err }),
      ),
    );
  }

  /** Resolves when the program has written this. */
  async says(text: string): Promise<void> {
    while (!this.#out.includes(text)) {
      await Promise.race([
        new Promise((resolve) => this.process.stdout!.once("data", resolve)),
        this.ended.then(({ err }) => Promise.reject(new Error(`It ended: ${err}`))),
      ]);
    }
  }
}
