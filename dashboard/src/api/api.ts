import { ApiError } from "./errors";
import { send, sendForCsv, type Call, type Method } from "./http";
import type {
  ApiKey,
  AuditPage,
  Breakdown,
  BreakdownQuery,
  CreatedApiKey,
  CustomerList,
  DeadLetter,
  EventDetail,
  EventPage,
  EventQuery,
  Forecast,
  LateChange,
  NewApiKey,
  Operator,
  Option,
  OptionKind,
  OptionList,
  Pipeline,
  PriceBook,
  Rerating,
  Series,
  SeriesQuery,
  Session,
  UsageSummary,
} from "./types";

/** The HTTP API, a method for each route. Failures are `ApiError` or `NoAnswerError`. */
export class Api {
  constructor(
    private readonly fetchIt: typeof fetch,
    /** Told when a call other than those about the session itself is refused for lack of one. */
    private readonly onSessionLost: () => void,
  ) {}

  async session(signal?: AbortSignal): Promise<Session | null> {
    try {
      return (await this.data("GET", "v1/session", signal ? { signal } : {})) as Session;
    } catch (error) {
      if (isUnauthorized(error)) {
        return null;
      }
      throw error;
    }
  }

  async signIn(name: string, password: string): Promise<Session> {
    return (await this.data("POST", "v1/session", { body: { name, password } })) as Session;
  }

  async signOut(): Promise<void> {
    try {
      await send(this.fetchIt, "DELETE", "v1/session");
    } catch (error) {
      if (!isUnauthorized(error)) {
        throw error;
      }
    }
  }

  async events(
    query: EventQuery,
    { limit, cursor }: { limit: number; cursor: string | null },
    signal: AbortSignal,
  ): Promise<EventPage> {
    const page = { limit: String(limit), ...(cursor === null ? {} : { cursor }) };
    return (await this.guarded("GET", withQuery("v1/events", { ...query, ...page }), {
      signal,
    })) as EventPage;
  }

  async usageSummary(query: EventQuery, signal: AbortSignal): Promise<UsageSummary> {
    return this.asked("v1/usage/summary", query, signal);
  }

  /** Signs out every session of the one who is signed in, this one included. */
  async signOutEverywhere(): Promise<void> {
    await this.guarded("POST", "v1/session/sign-out-everywhere");
    this.onSessionLost();
  }

  /** An event of a list with all that is known of it. `id` is the event's opaque id. */
  async event(id: string, signal: AbortSignal): Promise<EventDetail> {
    return this.asked(`v1/events/${encodeURIComponent(id)}`, {}, signal);
  }

  /** One part of the download, and where the next begins; null when this was the last. */
  async eventsCsv(
    query: EventQuery,
    cursor: string | null,
    signal: AbortSignal,
  ): Promise<{ text: string; nextCursor: string | null }> {
    const path = withQuery("v1/events.csv", { ...query, ...(cursor === null ? {} : { cursor }) });
    try {
      return await sendForCsv(this.fetchIt, path, signal);
    } catch (error) {
      throw this.noticed(error);
    }
  }

  async series(query: SeriesQuery, signal: AbortSignal): Promise<Series> {
    return this.asked("v1/usage/series", query, signal);
  }

  async breakdown(query: BreakdownQuery, signal: AbortSignal): Promise<Breakdown> {
    return this.asked("v1/usage/breakdown", query, signal);
  }

  async customers(query: EventQuery, signal: AbortSignal): Promise<CustomerList> {
    return this.asked("v1/customers", query, signal);
  }

  async options(kind: OptionKind, query: EventQuery, signal: AbortSignal): Promise<OptionList> {
    const path = withQuery("v1/options", { kind, ...query });
    const answer = await this.guarded("GET", path, { signal });
    return {
      options: dataOf(answer) as Option[],
      more: (answer as { more?: boolean }).more === true,
    };
  }

  async forecast(query: EventQuery, signal: AbortSignal): Promise<Forecast> {
    return this.asked("v1/usage/forecast", query, signal);
  }

  async prices(query: EventQuery, signal: AbortSignal): Promise<PriceBook> {
    return this.asked("v1/prices", query, signal);
  }

  async pipeline(signal: AbortSignal): Promise<Pipeline> {
    return this.asked("v1/pipeline", {}, signal);
  }

  async deadLetters(limit: number, signal: AbortSignal): Promise<DeadLetter[]> {
    return this.asked("v1/pipeline/dead-letters", { limit: String(limit) }, signal);
  }

  /** Sends one back to the queue, or all; returns how many went. */
  async redrive(id: string | "all"): Promise<number> {
    const one = id === "all" ? "" : `/${encodeURIComponent(id)}`;
    const path = `v1/pipeline/dead-letters${one}/redrive`;
    return ((await this.guardedData("POST", path)) as { redriven: number }).redriven;
  }

  async reratings(signal: AbortSignal): Promise<Rerating[]> {
    return this.asked("v1/reratings", {}, signal);
  }

  async lateChanges(query: EventQuery, signal: AbortSignal): Promise<LateChange[]> {
    return this.asked("v1/late-changes", query, signal);
  }

  async audit(
    { limit, cursor }: { limit: number; cursor: string | null },
    signal: AbortSignal,
  ): Promise<AuditPage> {
    const page = { limit: String(limit), ...(cursor === null ? {} : { cursor }) };
    return (await this.guarded("GET", withQuery("v1/audit", page), { signal })) as AuditPage;
  }

  async operators(signal: AbortSignal): Promise<Operator[]> {
    return this.asked("v1/operators", {}, signal);
  }

  async apiKeys(signal: AbortSignal): Promise<ApiKey[]> {
    return this.asked("v1/api-keys", {}, signal);
  }

  async createApiKey(key: NewApiKey): Promise<CreatedApiKey> {
    return (await this.guardedData("POST", "v1/api-keys", { body: key })) as CreatedApiKey;
  }

  async revokeApiKey(id: string): Promise<ApiKey> {
    const path = `v1/api-keys/${encodeURIComponent(id)}/revoke`;
    return (await this.guardedData("POST", path)) as ApiKey;
  }

  /** The new key, said this once; the old one stays good for so many seconds. */
  async rotateApiKey(id: string, overlapSeconds: number): Promise<CreatedApiKey> {
    const path = `v1/api-keys/${encodeURIComponent(id)}/rotate`;
    const body = { overlap_seconds: overlapSeconds };
    return (await this.guardedData("POST", path, { body })) as CreatedApiKey;
  }

  private async asked<T>(path: string, query: EventQuery, signal: AbortSignal): Promise<T> {
    return (await this.guardedData("GET", withQuery(path, query), { signal })) as T;
  }

  private async data(method: Method, path: string, call: Call = {}): Promise<unknown> {
    return dataOf(await send(this.fetchIt, method, path, call));
  }

  private async guardedData(method: Method, path: string, call: Call = {}): Promise<unknown> {
    return dataOf(await this.guarded(method, path, call));
  }

  private async guarded(method: Method, path: string, call: Call = {}): Promise<unknown> {
    try {
      return await send(this.fetchIt, method, path, call);
    } catch (error) {
      throw this.noticed(error);
    }
  }

  private noticed(error: unknown): unknown {
    if (isUnauthorized(error)) {
      this.onSessionLost();
    }
    return error;
  }
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

function dataOf(json: unknown): unknown {
  if (typeof json === "object" && json !== null && "data" in json) {
    return json.data;
  }
  throw new ApiError(200, "NO_DATA", "The answer does not have the expected form.", null, null);
}

function withQuery(path: string, query: EventQuery): string {
  const search = new URLSearchParams(query).toString();
  return search === "" ? path : `${path}?${search}`;
}
