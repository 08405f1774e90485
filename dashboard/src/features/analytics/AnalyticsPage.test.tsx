// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { FakeApi } from "../../../test/fake-api";
import { renderApp } from "../../../test/render-app";
import { dayAgo, someEvents } from "../../../test/usage-events";

const region = (name: string) => screen.findByRole("region", { name });

function withEvents(api: FakeApi) {
  api.events = someEvents();
}

/** What the page has the browser save. */
function saved(): Promise<string>[] {
  const files: Promise<string>[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  vi.spyOn(URL, "createObjectURL").mockImplementation((file) => {
    files.push((file as Blob).text());
    return "blob:fake";
  });
  return files;
}

test("view_inTheAddress_isAskedForAndInTheChoices", async () => {
  const { api } = renderApp(
    "#/analytics?metric=output_tokens&group=feature&rollup=week&tz=Europe%2FBerlin&model=m",
    withEvents,
  );
  await region("Output tokens by feature");
  expect(screen.getByLabelText<HTMLSelectElement>("Metric").value).toBe("output_tokens");
  expect(screen.getByLabelText<HTMLSelectElement>("Group by").value).toBe("feature");
  expect(screen.getByLabelText<HTMLSelectElement>("By the").value).toBe("week");
  await waitFor(() => expect(api.askedFor("v1/usage/series")).not.toEqual([]));
  expect(Object.fromEntries(api.askedFor("v1/usage/series")[0]!.search)).toMatchObject({
    metric: "output_tokens",
    group_by: "feature",
    bucket: "week",
    time_zone: "Europe/Berlin",
    model: "m",
    top: "8",
  });
});

test("choices_changed_areInTheAddress", async () => {
  const { user } = renderApp("#/analytics?range=7d", withEvents);
  await user.selectOptions(await screen.findByLabelText("Metric"), "Calls");
  await user.selectOptions(screen.getByLabelText("Group by"), "Customer");
  expect(window.location.hash).toBe("#/analytics?range=7d&metric=events&group=customer");
  expect(await region("Calls by customer")).toBeTruthy();
});

test("groupByUser_noCustomerChosen_cannotBeChosen", async () => {
  renderApp("#/analytics", withEvents);
  await screen.findByLabelText("Group by");
  const option = screen.getByRole<HTMLOptionElement>("option", { name: /^User/ });
  expect(option.disabled).toBe(true);
});

test("chart_arrowKeys_readTheBarsAndEnterLooksIntoOne", async () => {
  const { user } = renderApp("#/analytics?range=7d", withEvents);
  const chart = await screen.findByRole("group", { name: /Arrow keys move through the bars/ });
  chart.focus();
  await user.keyboard("{End}{ArrowLeft}");
  const read = await screen.findByText(new RegExp(`^${dayAgo(1)}: \\$3\\.30\\.`));
  expect(read.getAttribute("aria-live")).toBe("polite");
  expect(read.textContent).toContain("gpt-5-mini $2.20");
  await user.keyboard("{Enter}");
  const [from, to] = [dayAgo(1), dayAgo(0)].map((day) => encodeURIComponent(`${day}T00:00Z`));
  await waitFor(() =>
    expect(window.location.hash).toBe(`#/analytics?from=${from}&to=${to}&rollup=hour`),
  );
  expect(await screen.findByText(/Cost by the hour, UTC/)).toBeTruthy();
});

test("chart_barWithUnpricedCalls_isReadAsSuch", async () => {
  const { user } = renderApp("#/analytics?range=7d", withEvents);
  (await screen.findByRole("group", { name: /Arrow keys/ })).focus();
  await user.keyboard("{End}{ArrowLeft}{ArrowLeft}");
  expect(await screen.findByText(/1 call unpriced\.$/)).toBeTruthy();
});

test("legend_groupHidden_isLeftOutOfTheBars", async () => {
  const { user } = renderApp("#/analytics?range=7d", withEvents);
  const legend = within(await screen.findByRole("list", { name: "Shown in the chart" }));
  const button = legend.getByRole("button", { name: /gpt-5-mini/ });
  await user.click(button);
  expect(button.getAttribute("aria-pressed")).toBe("false");
  screen.getByRole("group", { name: /Arrow keys/ }).focus();
  await user.keyboard("{End}{ArrowLeft}");
  expect(await screen.findByText(new RegExp(`^${dayAgo(1)}: \\$1\\.10`))).toBeTruthy();
});

test("viewAsTable_saysTheSameAndIsInTheAddress", async () => {
  const { user } = renderApp("#/analytics?range=7d", withEvents);
  await user.click(await screen.findByRole("link", { name: "View as table" }));
  expect(window.location.hash).toBe("#/analytics?range=7d&view=table");
  const table = within(await screen.findByRole("table", { name: "Cost by model" }));
  const row = (day: string) => table.getByRole("rowheader", { name: day }).closest("tr")!;
  expect(row(dayAgo(1)).textContent).toContain("$3.3000");
  // Nothing known of its cost, and no call at all: neither is shown as $0.
  expect(row(dayAgo(2)).textContent).toContain("unpriced");
  expect(row(dayAgo(3)).textContent).not.toContain("$");
});

test("downloadCsv_isWhatIsShownWithDecimalsAsText", async () => {
  const files = saved();
  const { user } = renderApp("#/analytics?range=7d", withEvents);
  const chart = within(await region("Cost by model"));
  await user.click(await chart.findByRole("button", { name: "Download CSV" }));
  const lines = (await files[0]!).split("\r\n");
  expect(lines[0]).toBe(
    "start,OpenAI gpt-5-mini,Anthropic claude-sonnet-4-20250514,OpenAI gpt-6-preview,total,unpriced_events",
  );
  expect(lines).toContain(`${dayAgo(1)}T00:00:00Z,2.20,1.10,0,3.30,0`);
  expect(lines).toHaveLength(9);
  await user.click(
    await within(await region("By model")).findByRole("button", { name: "Download CSV" }),
  );
  expect((await files[1]!).split("\r\n")[1]).toBe("gpt-5-mini,OPENAI,1,2212,230,2.20,0");
});

test("rows_clicked_filterByTheGroup", async () => {
  const { user } = renderApp("#/analytics?range=7d", withEvents);
  const rows = within(await region("By model"));
  await user.click(await rows.findByRole("link", { name: "gpt-5-mini" }));
  expect(window.location.hash).toBe("#/analytics?range=7d&provider=OPENAI&model=gpt-5-mini");
});

test("events_linkedTo_haveTheSameFilters", async () => {
  renderApp("#/analytics?range=7d&model=m&metric=events", withEvents);
  const link = await screen.findByRole("link", { name: "Show these events" });
  expect(link.getAttribute("href")).toBe("#/activity?range=7d&model=m");
});

test("sumsThatAreNotKept_areNotAskedForAndSaidWhy", async () => {
  const { api } = renderApp("#/analytics?group=customer&provider=OPENAI", withEvents);
  expect(await screen.findByText(/Customers are summed for one feature/)).toBeTruthy();
  expect(api.askedFor("v1/usage/series")).toEqual([]);
  expect(api.askedFor("v1/usage/breakdown")).toEqual([]);
});

test("refused_saysWhatTheServerSays", async () => {
  renderApp("#/analytics", (api) => {
    withEvents(api);
    const message = "customer may be filtered by feature_id only.";
    const body = { error: "VALIDATION_ERROR", message, request_id: "r-8" };
    api.failNext({ path: "v1/usage/breakdown", status: 400, body });
  });
  const panel = within(await region("By model"));
  expect(await panel.findByText("customer may be filtered by feature_id only.")).toBeTruthy();
  expect(await screen.findByRole("list", { name: "Shown in the chart" })).toBeTruthy();
});
