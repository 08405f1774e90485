// Makes every read of a customer, and says what each answered.
import { OpenMonetize, OpenMonetizeError } from "@openmonetize/sdk";
import { given, newClient, say } from "./app.js";

const om = newClient();
const customerId = given("CUSTOMER");
const from = new Date(given("FROM"));
const to = given("TO");

const paged = [];
for await (const event of om.getEvents({ customerId, from, to, limit: 2 })) {
  paged.push(event.event_id);
}

async function refused(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return null;
  } catch (error) {
    const { name, message, statusCode, response } = error as OpenMonetizeError;
    return { name, message, statusCode, response, is: error instanceof OpenMonetizeError };
  }
}

say({
  usage: await om.getUsage({ customerId, from, to }),
  usageOfUser: await om.getUsage({ customerId, userId: given("USER_ALONE"), from, to }),
  paged,
  page: await om.getEvents({ customerId, from, to }).page(),
  ofAnthropic: (await om.getEvents({ customerId, provider: "ANTHROPIC", from, to }).page()).data,
  costs: await om.getCosts({ customerId, from, to }),
  costsByFeature: await om.getCosts({ customerId, groupBy: "feature", from, to }),
  analytics: await om.getUsageAnalytics({ startDate: from, endDate: to }),
  analyticsOfUser: await om.getUsageAnalytics({
    startDate: from,
    endDate: to,
    userId: given("USER_ALONE"),
  }),
  breakdown: await om.getCostBreakdown(from, to),
  badRequest: await refused(om.getUsage({ customerId, from: "yesterday" })),
  badKey: await refused(new OpenMonetize({ apiKey: "om_live_wrong" }).getUsage({ customerId })),
});
