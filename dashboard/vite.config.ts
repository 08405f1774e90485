import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { fakeApiServer } from "./test/fake-api-server.ts";

export default defineConfig(({ mode }) => ({
  // Relative, so that the page works below any path: an API's stage, a folder in object storage.
  base: "./",
  plugins: [react(), ...(mode === "fake" ? [fakeApiServer()] : [])],
  build: {
    // Straight into the module's classes: the jar, and modules built beside this one, find it there.
    outDir: "target/classes/META-INF/dashboard",
    emptyOutDir: true,
    // The first versions of each engine that know light-dark().
    target: ["chrome123", "firefox120", "safari17.5"],
    // The content security policy allows no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: "licenses.md" },
  },
  server: {
    // `npm run dev` against a running system.
    proxy: { "/v1": process.env["OM_DASHBOARD_URL"] ?? "http://127.0.0.1:8080" },
  },
  test: {
    // The tests of whole pages (*.test.tsx) ask for a browser's objects by a line of their own.
    environment: "node",
    maxWorkers: 2,
    // A busy build machine is slow; no test waits that long when it passes.
    testTimeout: 30_000,
    restoreMocks: true,
  },
}));
