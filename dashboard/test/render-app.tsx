import { cleanup, configure, render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, vi } from "vitest";
import { App } from "../src/App";
import { FakeApi } from "./fake-api";

/** Shortly after the sample data: the pages show what happened in a range that ends now. */
export const NOW = Date.parse("2026-11-24T12:30:00Z");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

// A busy machine may take its time, and the page asks for new events every two seconds only. Only a
// test that fails waits that long.
configure({ asyncUtilTimeout: 15_000 });

/** The whole page at this address, against an API in memory that `prepare` may fill first. */
export function renderApp(hash: string, prepare: (api: FakeApi) => void = () => {}) {
  const api = new FakeApi();
  prepare(api);
  window.history.replaceState(null, "", hash);
  render(<App fetchIt={api.fetch} />);
  return { api, user: userEvent.setup() };
}
