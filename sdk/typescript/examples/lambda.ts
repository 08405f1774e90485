// An AWS Lambda function that is frozen between calls: what it tracked goes out before it returns.
import { OpenMonetize } from "@openmonetize/sdk";

const om = new OpenMonetize({ autoFlush: false });

export async function handler(event: { customerId: string }): Promise<{ statusCode: number }> {
  om.trackApiCall({ customerId: event.customerId, featureId: "report" });
  await om.flush({ timeout: 2000 });
  return { statusCode: 200 };
}
