// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { FakeApi } from "../../../test/fake-api";
import { renderApp } from "../../../test/render-app";
import { sampleCall, sampleEvent, sampleEvents } from "../../../test/sample-events";

const NOON = Date.parse("2026-11-24T12:00:00Z");

const eventTable = () => screen.findByRole("table", { name: "Events, newest first" });
const eventRows = async () =>
  within(await eventTable())
    .getAllByRole("row")
    .slice(1);
const totals = () => within(screen.getByRole("region", { name: "Totals" }));

function withEvents(count: number) {
  return (api: FakeApi) => {
    api.events = sampleEvents(count, NOON);
  };
}

test("list_event_showsWhoWhatAndCost", async () => {
  renderApp("#/activity", (api) => {
    api.events = [sampleEvent()];
  });
  const cells = within((await eventRows())[0]!).getAllByRole("cell");
  expect(cells.map((cell) => cell.textContent)).toEqual([
    "Details of the event of 2026-11-24 10:32:11",
    "acme",
    "user-17",
    "chat",
    "Anthropic claude-sonnet-4-20250514",
    "2,212",
    "230",
    "$0.005226",
    "Call ok",
  ]);
});

test("list_unpricedEvent_isMarkedWithTheReasonAndHasNoAmount", async () => {
  renderApp("#/activity", (api) => {
    api.events = [
      sampleEvent({ cost_status: "unpriced", cost_usd: null, cost_reason: "unknown model" }),
    ];
  });
  const badge = await within(await eventTable()).findByText("unpriced");
  expect(badge.getAttribute("title")).toBe("unknown model");
  expect((await eventTable()).textContent).not.toContain("$");
  await waitFor(() => expect(totals().getByText("Not known")).toBeTruthy());
  expect(totals().getByText("1 event unpriced")).toBeTruthy();
});

test("list_usageThatIsNotExact_hasABadge", async () => {
  renderApp("#/activity", (api) => {
    api.events = [sampleEvent({ usage_status: "estimated", usage_reason: "revised later" })];
  });
  const badge = within(await eventTable()).getByText("estimated");
  expect(badge.getAttribute("title")).toBe("revised later");
});

test("filters_inTheAddress_areInTheFormAndAskedFor", async () => {
  const { api } = renderApp("#/activity?customer_id=acme&from=2026-11-24&to=2026-11-24");
  expect((await screen.findByLabelText<HTMLInputElement>("Customer")).value).toBe("acme");
  await waitFor(() => expect(api.askedFor("v1/usage/summary")).not.toEqual([]));
  expect(Object.fromEntries(api.askedFor("v1/events")[0]!.search)).toEqual({
    customer_id: "acme",
    from: "2026-11-24T00:00:00Z",
    to: "2026-11-25T00:00:00Z",
    limit: "50",
  });
});

test("filters_applied_areInTheAddressAndTheListFollows", async () => {
  const { user } = renderApp("#/activity", withEvents(20));
  await eventTable();
  await user.selectOptions(screen.getByLabelText("Provider"), "Google");
  await user.type(screen.getByLabelText("Customer"), " globex ");
  await user.click(screen.getByRole("button", { name: "Apply" }));
  expect(window.location.hash).toBe("#/activity?customer_id=globex&provider=GOOGLE");
  await waitFor(async () => expect(await eventRows()).toHaveLength(1));
});

test("filters_addressChanges_theFormFollows", async () => {
  renderApp("#/activity?model=m-1", withEvents(1));
  const model = await screen.findByLabelText<HTMLInputElement>("Model");
  window.location.hash = "#/activity?model=m-2";
  await waitFor(() => expect(model.value).toBe("m-2"));
});

test("filters_oneTakenAway_theOthersStay", async () => {
  renderApp("#/activity?customer_id=acme&provider=OPENAI", withEvents(20));
  const active = within(await screen.findByRole("list", { name: "Active filters" }));
  const remove = active.getByRole("link", { name: /Remove filter Provider/ });
  expect(remove.getAttribute("href")).toBe("#/activity?customer_id=acme");
});

test("loadMore_moreThanAPage_addsTheNextUntilTheEnd", async () => {
  const { user } = renderApp("#/activity", withEvents(60));
  await user.click(await screen.findByRole("button", { name: "Load more" }));
  await screen.findByText("60 events shown, there are no more");
  expect(await eventRows()).toHaveLength(60);
  expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
});

test("loadMore_fails_keepsTheListAndCanBeTriedAgain", async () => {
  const { user, api } = renderApp("#/activity", withEvents(60));
  const button = await screen.findByRole("button", { name: "Load more" });
  const body = { error: "BAD_CURSOR", message: "No such cursor.", request_id: "r-9" };
  api.failNext({ path: "v1/events", status: 400, body });
  await user.click(button);
  await screen.findByText("More events could not be loaded.");
  expect(screen.getByText("r-9")).toBeTruthy();
  expect(await eventRows()).toHaveLength(50);
  await user.click(screen.getByRole("button", { name: "Load more" }));
  await screen.findByText("60 events shown, there are no more");
});

test("newEvents_readerAtTheTop_areShownByThemselves", async () => {
  const { api } = renderApp("#/activity", withEvents(2));
  await eventTable();
  api.events = [sampleCall(3, NOON + 5_000), ...api.events];
  await screen.findByText("3 events shown, there are no more");
});

test("newEvents_moreWasLoaded_waitBehindAPill", async () => {
  const { user, api } = renderApp("#/activity", withEvents(60));
  await user.click(await screen.findByRole("button", { name: "Load more" }));
  await screen.findByText("60 events shown, there are no more");
  api.events = [sampleCall(62, NOON + 9_000), sampleCall(61, NOON + 5_000), ...api.events];
  const pill = await screen.findByRole("button", { name: "2 new events" });
  expect(await eventRows()).toHaveLength(60);
  await user.click(pill);
  await screen.findByText("62 events shown, there are no more");
  expect(screen.queryByRole("button", { name: /new event/ })).toBeNull();
});

test("newEvents_cannotBeAskedFor_isSaidAndTheListStays", async () => {
  const { user, api } = renderApp("#/activity", withEvents(2));
  await eventTable();
  api.goDown();
  const banner = await screen.findByText(/New events can.t be loaded/);
  expect(await eventRows()).toHaveLength(2);
  api.goDown(false);
  await user.click(within(banner.parentElement!).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByText(/New events can.t be loaded/)).toBeNull());
});

test("list_fails_saysWhatWithRequestIdAndTheTotalsStay", async () => {
  const { user } = renderApp("#/activity", (api) => {
    withEvents(2)(api);
    const body = { error: "BAD_REQUEST", message: "No such filter.", request_id: "r-3" };
    api.failNext({ path: "v1/events", status: 400, body });
  });
  const what = await screen.findByText("The events could not be loaded.");
  const alert = within(what.closest<HTMLElement>("[role=alert]")!);
  expect(alert.getByText("No such filter.")).toBeTruthy();
  expect(alert.getByText("r-3")).toBeTruthy();
  await waitFor(() => expect(totals().getByText("Input tokens")).toBeTruthy());
  await user.click(alert.getByRole("button", { name: "Try again" }));
  expect(await eventRows()).toHaveLength(2);
});

test("totals_fail_theListStays", async () => {
  renderApp("#/activity", (api) => {
    withEvents(2)(api);
    const body = { error: "BAD_REQUEST", message: "No.", request_id: "r-4" };
    api.failNext({ path: "v1/usage/summary", status: 400, body });
  });
  expect(await screen.findByText("The totals could not be loaded.")).toBeTruthy();
  expect(await eventRows()).toHaveLength(2);
});

test("list_nothingSentYet_showsHowToSetUp", async () => {
  const { user, api } = renderApp("#/activity");
  await screen.findByText("Nothing has been sent yet");
  await user.click(screen.getByRole("radio", { name: "Environment variables" }));
  expect(screen.getByRole("group", { name: /Environment variables/ }).textContent).toContain(
    'ANTHROPIC_BASE_URL="http://127.0.0.1:8082"',
  );
  api.events = [sampleEvent()];
  expect(await screen.findByRole("table", { name: /Events/ })).toBeTruthy();
});

test("list_filterTooNarrow_offersToClearIt", async () => {
  renderApp("#/activity?customer_id=nobody", withEvents(2));
  await screen.findByText("No events match these filters");
  expect(screen.getByRole("link", { name: "Clear filters" }).getAttribute("href")).toBe(
    "#/activity",
  );
});

test("row_opened_showsEverythingOfTheEvent", async () => {
  const { user } = renderApp("#/activity", (api) => {
    const event = sampleEvent({ cost_usd: "0.00522600001", units: { web_searches: "2" } });
    api.events = [{ ...event, requested_model: "claude-latest" } as typeof event];
  });
  await user.click(await screen.findByRole("button", { name: /Details of the event/ }));
  const dialog = within(screen.getByRole("dialog", { name: "Event" }));
  for (const text of [
    "$0.00522600001",
    "Cache read",
    "1,800",
    "web searches",
    "640 ms",
    "4.21 s",
  ]) {
    expect(dialog.getByText(text)).toBeTruthy();
  }
  expect(dialog.getByText("req_011CV3")).toBeTruthy();
  expect(dialog.getByRole("group", { name: "metadata" }).textContent).toBe('{\n  "plan": "pro"\n}');
  expect(dialog.getByRole("group", { name: "raw usage" }).textContent).toContain(
    '"cache_read_input_tokens": 1800',
  );
  expect(dialog.getByRole("group", { name: "other fields" }).textContent).toContain(
    "claude-latest",
  );
  await user.click(dialog.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("drawer_customerChosen_closesAndFilters", async () => {
  const { user } = renderApp("#/activity", (api) => {
    api.events = [
      sampleEvent({ customer_id: "acme" }),
      sampleEvent({ event_id: "evt_2", customer_id: "b" }),
    ];
  });
  await user.click((await screen.findAllByRole("button", { name: /Details of the event/ }))[0]!);
  await user.click(screen.getByRole("link", { name: /^acme.*show all its events$/ }));
  expect(screen.queryByRole("dialog")).toBeNull();
  await screen.findByText("1 event shown, there are no more");
  expect(window.location.hash).toBe("#/activity?customer_id=acme");
});
