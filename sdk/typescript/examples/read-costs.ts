// What the last 30 days cost, by customer.
import { OpenMonetize, OpenMonetizeError } from "@openmonetize/sdk";

const om = new OpenMonetize();
try {
  const costs = await om.getCosts({ groupBy: "customer" });
  for (const { key, sum } of costs.rows) {
    console.log(`${key.customer_id}: ${sum.cost_usd} USD, ${sum.events} events`);
  }
  for await (const event of om.getEvents({ costStatus: "unpriced" })) {
    console.log(`${event.id} has no price: ${event.cost_reason}`);
  }
} catch (error) {
  if (error instanceof OpenMonetizeError) {
    console.error(`${error.statusCode ?? "no answer"}: ${error.message}`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
