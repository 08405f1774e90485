import { cleanup, configure, render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach } from "vitest";
import { App } from "../src/App";
import { FakeApi } from "./fake-api";

afterEach(cleanup);

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
