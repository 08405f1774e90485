// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
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
      sampleEvent({
        cost_status: "unpriced",
        cost_usd: null,
        known_cost_usd: "0",
        cost_reason: "unknown model",
      }),
    ];
  });
  const badge = await within(await eventTable()).findByText("unpriced");
  expect(badge.getAttribute("title")).toBe("unknown model");
  expect((await eventTable()).textContent).not.toContain("$");
  await waitFor(() => expect(totals().getByText("Not known")).toBeTruthy());
  expect(totals().getByText("1 event without a price")).toBeTruthy();
});

test("list_usageThatIsNotExact_hasABadge", async () => {
  renderApp("#/activity", (api) => {
    api.events = [sampleEvent({ usage_status: "estimated", usage_reason: "revised later" })];
  });
  const badge = within(await eventTable()).getByText("estimated");
  expect(badge.getAttribute("title")).toBe("revised later");
});

test("list_unpricedEventOfWhichSomeIsKnown_showsTheLowerBound", async () => {
  renderApp("#/activity", (api) => {
    api.events = [
      sampleEvent({ cost_status: "unpriced", cost_usd: null, known_cost_usd: "0.004" }),
    ];
  });
  expect((await eventTable()).textContent).toContain("at least $0.004000");
});

test("list_quarantinedEvent_isMarked", async () => {
  renderApp("#/activity", (api) => {
    api.events = [sampleEvent({ quarantined: true })];
  });
  expect(within(await eventTable()).getByText("quarantined")).toBeTruthy();
});

test("filters_inTheAddress_areInTheFieldsAndAskedFor", async () => {
  const { api } = renderApp(
    "#/activity?customer_id=acme&from=2026-11-24&to=2026-11-24&usage_status=partial" +
      "&quarantined=true&source=sdk&cost_status=unpriced&status=error",
  );
  const customer = await screen.findByRole<HTMLInputElement>("combobox", { name: "Customer" });
  expect(customer.value).toBe("acme");
  const chosen = (label: string) =>
    within(screen.getByRole("search")).getByLabelText<HTMLSelectElement>(label).value;
  expect(chosen("Call")).toBe("error");
  expect(chosen("Usage")).toBe("partial");
  expect(chosen("Cost")).toBe("unpriced");
  expect(chosen("Quarantine")).toBe("true");
  expect(chosen("Source")).toBe("sdk");
  await waitFor(() => expect(api.askedFor("v1/usage/summary")).not.toEqual([]));
  expect(Object.fromEntries(api.askedFor("v1/events")[0]!.search)).toEqual({
    customer_id: "acme",
    status: "error",
    usage_status: "partial",
    cost_status: "unpriced",
    quarantined: "true",
    source: "sdk",
    from: "2026-11-24T00:00:00Z",
    to: "2026-11-25T00:00:00Z",
    limit: "50",
  });
});

test("filters_chosen_areInTheAddressAndTheListFollows", async () => {
  const { user } = renderApp("#/activity", withEvents(20));
  await eventTable();
  await user.selectOptions(screen.getByLabelText("Cost"), "unpriced");
  expect(window.location.hash).toBe("#/activity?cost_status=unpriced");
  await waitFor(async () => {
    for (const row of await eventRows()) {
      expect(within(row).getByText("unpriced")).toBeTruthy();
    }
  });
  await user.type(screen.getByRole("combobox", { name: "Customer" }), "globex{Enter}");
  await waitFor(() =>
    expect(window.location.hash).toBe("#/activity?cost_status=unpriced&customer_id=globex"),
  );
});

test("filters_oneTakenAway_theOthersStay", async () => {
  renderApp("#/activity?customer_id=acme&source=proxy", withEvents(20));
  const active = within(await screen.findByRole("list", { name: "Active filters" }));
  const remove = active.getByRole("link", { name: /Remove filter Source/ });
  expect(remove.getAttribute("href")).toBe("#/activity?customer_id=acme");
  const clear = screen.getByRole("link", { name: "Clear all" });
  expect(clear.getAttribute("href")).toBe("#/activity");
});

test("totals_listFilteredByState_sayThatTheyAreNot", async () => {
  renderApp("#/activity?status=error", withEvents(20));
  await waitFor(() => expect(totals().getByText(/only the list is filtered/)).toBeTruthy());
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

test("list_nothingInTheUsualRangeButBefore_isNoNewInstallation", async () => {
  renderApp("#/activity", (api) => {
    api.events = [sampleEvent({ timestamp: "2026-09-01T12:00:00Z" })];
  });
  await screen.findByText("No events in this range");
  const link = screen.getByRole("link", { name: "Show the last 90 days" });
  expect(link.getAttribute("href")).toBe("#/activity?range=90d");
});

test("list_filterTooNarrow_offersToClearIt", async () => {
  renderApp("#/activity?customer_id=nobody", withEvents(2));
  await screen.findByText("No events match these filters");
  expect(screen.getByRole("link", { name: /Clear filters/ }).getAttribute("href")).toBe(
    "#/activity",
  );
});

const drawer = async () => within(await screen.findByRole("dialog", { name: "Event" }));

test("row_opened_showsEverythingOfTheEventAndIsInTheAddress", async () => {
  const { user } = renderApp("#/activity", (api) => {
    const event = sampleEvent({
      cost_usd: "0.00522600001",
      known_cost_usd: "0.00522600001",
      units: { web_searches: "2" },
      attempt: 2,
      logical_call_id: "call-7",
      requested_model: "claude-latest",
    });
    api.events = [{ ...event, tariff: "night" } as typeof event];
  });
  await user.click(await screen.findByRole("button", { name: /Details of the event/ }));
  const dialog = await drawer();
  await dialog.findByRole("table", { name: "How the cost comes about" });
  for (const text of [
    "$0.00522600001",
    "web searches",
    "640 ms",
    "4.21 s",
    "2 (a retry by the client)",
    "call-7",
    "claude-latest",
    "req_011CV3",
  ]) {
    expect(dialog.getAllByText(text, { exact: false }).length, text).toBeGreaterThan(0);
  }
  expect(dialog.getByRole("group", { name: "metadata" }).textContent).toBe('{\n  "plan": "pro"\n}');
  expect(dialog.getByRole("group", { name: "raw usage" }).textContent).toContain(
    '"cache_read_input_tokens": 1800',
  );
  expect(dialog.getByRole("group", { name: "other fields" }).textContent).toContain("night");
  expect(window.location.hash).toMatch(/^#\/activity\?event=/);
  await user.click(dialog.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(window.location.hash).toBe("#/activity");
});

test("drawer_linkOpened_showsTheEventThoughTheListDoesNotHoldIt", async () => {
  renderApp("#/activity?range=today&event=e-1", (api) => {
    api.events = [sampleEvent({ id: "e-1", timestamp: "2026-01-01T00:00:00Z" })];
  });
  expect(await (await drawer()).findByText("2026-01-01 00:00:00.000 UTC")).toBeTruthy();
});

test("drawer_noSuchEvent_saysSoAndTheListStays", async () => {
  renderApp("#/activity?event=e-9", withEvents(3));
  const dialog = await drawer();
  expect(await dialog.findByText("The event could not be loaded.")).toBeTruthy();
  expect(dialog.getByText("There is no such event.")).toBeTruthy();
});

test("drawer_unpriced_saysWhyAndWhatIsCertain", async () => {
  renderApp("#/activity?event=e-1", (api) => {
    api.events = [
      sampleEvent({
        id: "e-1",
        cost_status: "unpriced",
        cost_usd: null,
        known_cost_usd: "0.004",
        cost_reason: "No price for output.",
      }),
    ];
  });
  const dialog = await drawer();
  expect(await dialog.findByText("No price for output.")).toBeTruthy();
  expect(dialog.getByText(/a lower bound/)).toBeTruthy();
  const table = within(await dialog.findByRole("table", { name: "How the cost comes about" }));
  expect(table.getAllByText("no price")).toHaveLength(3);
  expect(table.getByText("unpriced")).toBeTruthy();
});

test("download_severalParts_areOneFileAndTheRowsAreCounted", async () => {
  const saved: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    saved.push(blob as Blob);
    return "blob:x";
  });
  // The stand-in for a browser would leave the page.
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  const { user, api } = renderApp("#/activity?customer_id=acme", withEvents(20));
  await eventTable();
  await user.click(screen.getByRole("button", { name: "Download CSV" }));
  const acme = api.events.filter((event) => event.customer_id === "acme").length;
  await screen.findByText(`${acme} rows saved`);
  expect(api.askedFor("v1/events.csv").length).toBe(Math.ceil(acme / 2));
  const lines = (await saved[0]!.text()).split("\r\n");
  expect(lines.filter((line) => line.startsWith("event_id"))).toEqual([
    "event_id,customer_id,cost_usd",
  ]);
  expect(lines).toHaveLength(acme + 2);
});

test("download_fails_saysSoAndCanBeTriedAgain", async () => {
  const { user, api } = renderApp("#/activity", withEvents(3));
  await eventTable();
  const body = { error: "UNAVAILABLE", message: "The store did not answer.", request_id: "r" };
  api.failNext({ path: "v1/events.csv", status: 503, body });
  await user.click(screen.getByRole("button", { name: "Download CSV" }));
  await screen.findByText("The download failed: The store did not answer.");
  expect(screen.getByRole("button", { name: "Download CSV" })).toBeTruthy();
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
