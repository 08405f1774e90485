// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { FakeApi } from "../../../test/fake-api";
import { renderApp } from "../../../test/render-app";
import { someEvents } from "../../../test/usage-events";

const region = (name: string) => screen.findByRole("region", { name });
const refused = (path: string) => ({
  path,
  status: 400,
  body: { error: "VALIDATION_ERROR", message: "No such filter.", request_id: "r-7" },
});

function withEvents(api: FakeApi) {
  api.events = someEvents();
}

test("home_signedIn_isOverview", async () => {
  renderApp("#/", withEvents);
  expect(await screen.findByRole("heading", { name: "Overview", level: 1 })).toBeTruthy();
});

test("totals_someEvents_areShownBesideThePeriodBefore", async () => {
  renderApp("#/overview", withEvents);
  const totals = await region("Totals");
  await waitFor(() => expect(totals.textContent).toContain("$3.30"));
  // $0.55 in the 30 days before.
  expect(totals.textContent).toContain("500.0 % vs previous period");
  expect(totals.textContent).toContain("at least $3.30".replace("at least ", "≥ at least "));
  expect(totals.textContent).toContain("1 event without a price");
  await waitFor(() => expect(totals.textContent).toContain("Active customers2"));
});

test("panels_someEvents_showCustomersFeaturesMonthAndEvents", async () => {
  renderApp("#/overview", withEvents);
  const customers = within(await region("Top customers"));
  const link = await customers.findByRole("link", { name: "globex" });
  expect(link.getAttribute("href")).toBe("#/customers/globex");
  expect(await within(await region("Top features")).findByText("search")).toBeTruthy();
  expect(await within(await region("Latest events")).findAllByRole("row")).toHaveLength(4);
  expect(
    await within(await region("This month")).findByText("Forecast for the month"),
  ).toBeTruthy();
  expect((await region("Cost by model")).textContent).toContain("gpt-5-mini$2.20");
});

test("chart_groupWithoutAnyPrice_isUnpricedAndNotZero", async () => {
  renderApp("#/overview", withEvents);
  const chart = within(await region("Cost by model"));
  const legend = await chart.findByRole("button", { name: /gpt-6-preview/ });
  expect(legend.textContent).toContain("unpriced");
  expect(legend.textContent).not.toContain("$0");
});

test("filtersAndRange_inTheAddress_areAskedForByEveryPanel", async () => {
  const { api } = renderApp(
    "#/overview?customer_id=acme&from=2026-11-01&to=2026-11-03",
    withEvents,
  );
  await region("Top users");
  await waitFor(() => expect(api.askedFor("v1/events").length).toBeGreaterThan(0));
  for (const path of ["v1/usage/summary", "v1/usage/series", "v1/usage/breakdown", "v1/events"]) {
    expect(Object.fromEntries(api.askedFor(path)[0]!.search)).toMatchObject({
      customer_id: "acme",
      from: "2026-11-01T00:00:00Z",
      to: "2026-11-04T00:00:00Z",
    });
  }
});

test.each([
  ["v1/usage/series", "The chart could not be loaded."],
  ["v1/usage/forecast", "The forecast could not be loaded."],
  ["v1/usage/summary", "The totals could not be loaded."],
  ["v1/events", "The latest events could not be loaded."],
])("panel_%sFails_saysSoWithTheRequestIdAndTheOthersStay", async (path, what) => {
  const { user } = renderApp("#/overview", (api) => {
    withEvents(api);
    api.failNext(refused(path));
  });
  const alert = within((await screen.findByText(what)).closest<HTMLElement>("[role=alert]")!);
  expect(alert.getByText("r-7")).toBeTruthy();
  expect(await within(await region("Top customers")).findByText("globex")).toBeTruthy();
  await user.click(alert.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByText(what)).toBeNull());
});

test("panels_notAnsweredYet_haveSkeletons", async () => {
  const { api } = renderApp("#/overview", (fake) => {
    withEvents(fake);
    fake.holdBack("v1/usage/series");
  });
  expect(await screen.findByText("Loading: Cost by model")).toBeTruthy();
  expect(await within(await region("Top customers")).findByText("globex")).toBeTruthy();
  api.letGo();
  await waitFor(() => expect(screen.queryByText("Loading: Cost by model")).toBeNull());
});

test("nothingEverSent_showsHowToSetUpWithSnippetsOfEachSdk", async () => {
  const { user } = renderApp("#/overview");
  await screen.findByText("Nothing has been sent yet");
  await user.click(screen.getByRole("radio", { name: "Gemini, Java" }));
  expect(screen.getByRole("group", { name: /Gemini, Java/ }).textContent).toContain(
    '.baseUrl("http://127.0.0.1:8082")',
  );
});

test("rangeLeavesNothing_saysSoAndOffersAnother", async () => {
  renderApp("#/overview?from=2020-01-01&to=2020-01-02", withEvents);
  expect(await screen.findByText("No calls in this range with these filters")).toBeTruthy();
  expect(screen.queryByText("Nothing has been sent yet")).toBeNull();
});

test("panel_answerOfAnUnknownForm_failsAloneAndSaysSo", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  renderApp("#/overview", (api) => {
    withEvents(api);
    api.failNext({ path: "v1/usage/forecast", status: 200, body: { data: { month: "2026-11" } } });
  });
  const panel = within(await region("This month"));
  expect(await panel.findByText("This part could not be shown.")).toBeTruthy();
  expect(await within(await region("Top customers")).findByText("globex")).toBeTruthy();
});
