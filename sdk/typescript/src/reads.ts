import { OpenMonetizeError } from "./errors.js";
import { platform } from "#platform";
import type {
  BatchResult,
  CostBreakdown,
  Costs,
  CostsQuery,
  EventPage,
  EventsQuery,
  IngestEvent,
  Moment,
  UsageAnalytics,
  UsageAnalyticsQuery,
  UsageEvent,
  UsageQuery,
  UsageSummary,
} from "./read-types.js";
import type { Settings } from "./settings.js";
import { type Answer, send, TimeoutError } from "./transport.js";

type Parameters = Record<string, unknown>;

/** Calls of the query API: each is one request, and what goes wrong is thrown. */
export class Reads {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  async usage(query: UsageQuery): Promise<UsageSummary> {
    return dataOf(await this.#get("/v1/usage/summary", { ...query })) as UsageSummary;
  }

  async costs(query: CostsQuery): Promise<Costs> {
    const parameters = { groupBy: "model", ...query };
    return dataOf(await this.#get("/v1/usage/breakdown", parameters)) as Costs;
  }

  events(query: EventsQuery): AsyncIterable<UsageEvent> & {
    page(cursor?: string): Promise<EventPage>;
  } {
    const page = async (cursor?: string) => {
      const answer = await this.#get("/v1/events", { ...query, cursor });
      if (!Array.isArray(dataOf(answer))) {
        throw failure(answer);
      }
      return answer.json as EventPage;
    };
    return {
      page,
      async *[Symbol.asyncIterator]() {
        let cursor: string | undefined;
        do {
          const { data, next_cursor } = await page(cursor);
          yield* data;
          if (next_cursor && next_cursor === cursor) {
            throw new OpenMonetizeError("The page of events names itself as the next one");
          }
          cursor = next_cursor ?? undefined;
        } while (cursor !== undefined);
      },
    };
  }

  async usageAnalytics(query: UsageAnalyticsQuery): Promise<UsageAnalytics> {
    return dataOf(await this.#get("/v1/analytics/usage", { ...query })) as UsageAnalytics;
  }

  async costBreakdown(startDate: Moment, endDate: Moment): Promise<CostBreakdown> {
    const answer = await this.#get("/v1/analytics/cost-breakdown", { startDate, endDate });
    return dataOf(answer) as CostBreakdown;
  }

  async ingestEvents(batch: { events: IngestEvent[] }): Promise<BatchResult> {
    const events = batch.events.map(withWireNames);
    const answer = await this.#call("POST", "/v1/events/ingest", JSON.stringify({ events }));
    const result = answer.json as BatchResult;
    if (typeof result.accepted !== "number") {
      throw failure(answer);
    }
    return result;
  }

  #get(path: string, parameters: Parameters): Promise<Answer> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(withWireNames(parameters))) {
      if (value !== undefined && value !== null) {
        query.set(name, value instanceof Date ? value.toISOString() : String(value));
      }
    }
    const text = query.toString();
    return this.#call("GET", text === "" ? path : `${path}?${text}`);
  }

  async #call(method: "GET" | "POST", path: string, body?: string): Promise<Answer> {
    const { apiKey, baseUrl, fetch, timeout } = this.#settings;
    if (apiKey === undefined) {
      throw new OpenMonetizeError("There is no API key");
    }
    const headers: Record<string, string> = { authorization: `Bearer ${apiKey}` };
    if (body !== undefined) {
      headers["content-type"] = "application/json";
    }
    if (platform.userAgent !== undefined) {
      headers["user-agent"] = platform.userAgent;
    }
    let answer: Answer;
    try {
      const request = {
        method,
        url: baseUrl + path,
        headers,
        ...(body === undefined ? {} : { body }),
      };
      answer = await send(fetch, request, timeout);
    } catch (cause) {
      const message = cause instanceof TimeoutError ? "Request timeout" : "The request failed";
      throw new OpenMonetizeError(message, undefined, undefined, { cause });
    }
    if (answer.status < 200 || answer.status >= 300 || !isObject(answer.json)) {
      throw failure(answer);
    }
    return answer;
  }
}

function failure(answer: Answer): OpenMonetizeError {
  const said = isObject(answer.json) ? answer.json["message"] : undefined;
  const message =
    typeof said === "string" ? said : `HTTP ${answer.status}, which is not the API's answer`;
  return new OpenMonetizeError(message, answer.status, answer.json ?? answer.text);
}

function dataOf(answer: Answer): unknown {
  const json = answer.json as Record<string, unknown>;
  if (!("data" in json)) {
    throw failure(answer);
  }
  return json["data"];
}

/** `customerId` is `customer_id` on the wire. What is deeper belongs to the caller. */
function withWireNames(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
