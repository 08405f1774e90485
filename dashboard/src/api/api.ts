import { ApiError } from "./errors";
import { send, type Call, type Method } from "./http";
import type {
  ApiKey,
  CreatedApiKey,
  EventPage,
  EventQuery,
  NewApiKey,
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
    return (await this.guardedData("GET", withQuery("v1/usage/summary", query), {
      signal,
    })) as UsageSummary;
  }

  async apiKeys(signal: AbortSignal): Promise<ApiKey[]> {
    return (await this.guardedData("GET", "v1/api-keys", { signal })) as ApiKey[];
  }

  async createApiKey(key: NewApiKey): Promise<CreatedApiKey> {
    return (await this.guardedData("POST", "v1/api-keys", { body: key })) as CreatedApiKey;
  }

  async revokeApiKey(id: string): Promise<ApiKey> {
    const path = `v1/api-keys/${encodeURIComponent(id)}/revoke`;
    return (await this.guardedData("POST", path)) as ApiKey;
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
      if (isUnauthorized(error)) {
        this.onSessionLost();
      }
      throw error;
    }
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
