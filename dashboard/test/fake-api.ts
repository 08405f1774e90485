import type { ApiKey, Scope, Session, UsageEvent } from "../src/api/types";

interface Asked {
  method: string;
  path: string;
  search: URLSearchParams;
  body: unknown;
}

interface Failure {
  path: string;
  status: number;
  body: object | string;
  headers?: Record<string, string>;
}

/**
 * The HTTP API in memory, for the tests and for `npm run dev:fake`: one operator, one session for
 * whoever asks, and the rules that the page must keep to (a session, the CSRF header).
 */
export class FakeApi {
  events: UsageEvent[] = [];
  keys: ApiKey[] = [];
  signedIn = true;
  session: Session = {
    name: "admin",
    role: "owner",
    environment: "dev",
    proxy_url: "http://127.0.0.1:8082",
  };
  password = "correct horse";
  /** What was asked, oldest first. */
  readonly asked: Asked[] = [];
  private readonly failures: Failure[] = [];
  private down = false;

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(new URL(String(input), "http://fake.invalid/"), init ?? {});
    if (this.down) {
      throw new TypeError("Failed to fetch");
    }
    init?.signal?.throwIfAborted();
    return this.handle(request);
  };

  /** The next call of this path is answered with this error, whoever asks. */
  failNext(failure: Failure): void {
    this.failures.push(failure);
  }

  /** Nothing is answered at all. */
  goDown(down = true): void {
    this.down = down;
  }

  askedFor(path: string, method = "GET"): Asked[] {
    return this.asked.filter((each) => each.path === path && each.method === method);
  }

  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\//, "");
    const body: unknown = request.method === "POST" ? await readJson(request) : null;
    const asked = { method: request.method, path, search: url.searchParams, body };
    this.asked.push(asked);
    const failing = this.failures.findIndex((failure) => failure.path === path);
    if (failing >= 0) {
      const [failure] = this.failures.splice(failing, 1);
      return answer(failure!.status, failure!.body, failure!.headers);
    }
    if (request.method !== "GET" && request.headers.get("x-om-csrf") !== "1") {
      return refusal(403, "FORBIDDEN", "The X-OM-CSRF header is missing.");
    }
    if (path === "v1/session") {
      return this.answerSession(asked);
    }
    return this.signedIn ? this.answerData(asked) : unauthorized();
  }

  private answerSession({ method, body }: Asked): Response {
    if (method === "POST") {
      const { name, password } = body as { name: string; password: string };
      this.signedIn = name === this.session.name && password === this.password;
    }
    if (method === "DELETE") {
      this.signedIn = false;
      return answer(204, null);
    }
    return this.signedIn ? answer(200, { data: this.session }) : unauthorized();
  }

  private answerData(asked: Asked): Response {
    const revoked = /^v1\/api-keys\/(.+)\/revoke$/.exec(asked.path);
    if (revoked !== null) {
      return this.revoke(decodeURIComponent(revoked[1]!));
    }
    switch (`${asked.method} ${asked.path}`) {
      case "GET v1/events":
        return this.eventPage(asked.search);
      case "GET v1/usage/summary":
        return answer(200, { data: this.summary(asked.search) });
      case "GET v1/api-keys":
        return answer(200, { data: this.keys });
      case "POST v1/api-keys":
        return this.createKey(asked.body as { name: string; scopes: Scope[] });
      default:
        return refusal(404, "NOT_FOUND", `There is no ${asked.path}.`);
    }
  }

  private matching(search: URLSearchParams): UsageEvent[] {
    const names = ["customer_id", "user_id", "feature_id", "provider", "model", "status"] as const;
    const from = search.get("from") ?? "";
    const to = search.get("to") ?? "9999";
    return this.events.filter(
      (event) =>
        names.every((name) => search.get(name) === null || search.get(name) === event[name]) &&
        event.timestamp >= from &&
        event.timestamp < to,
    );
  }

  private eventPage(search: URLSearchParams): Response {
    const events = this.matching(search);
    const after = search.get("cursor");
    const start = after === null ? 0 : events.findIndex((event) => event.event_id === after) + 1;
    const end = start + Number(search.get("limit") ?? 50);
    const data = events.slice(start, end);
    const next_cursor = end < events.length ? data.at(-1)!.event_id : null;
    return answer(200, { data, next_cursor });
  }

  private summary(search: URLSearchParams): object {
    const events = this.matching(search);
    const tokens: Record<string, number> = {};
    const usage_status: Record<string, number> = {};
    let microdollars = 0n;
    for (const event of events) {
      usage_status[event.usage_status] = (usage_status[event.usage_status] ?? 0) + 1;
      for (const [name, count] of Object.entries(event.tokens ?? {})) {
        tokens[name] = (tokens[name] ?? 0) + count;
      }
      const [whole, fraction = ""] = (event.cost_usd ?? "0").split(".");
      microdollars += BigInt(whole + fraction.padEnd(8, "0").slice(0, 8));
    }
    const cost = String(microdollars).padStart(9, "0");
    return {
      from: search.get("from") ?? "2026-10-25T00:00:00Z",
      to: search.get("to") ?? "2026-11-24T11:00:00Z",
      events: events.length,
      input_tokens: events.reduce((sum, event) => sum + event.input_tokens, 0),
      output_tokens: events.reduce((sum, event) => sum + event.output_tokens, 0),
      tokens,
      units: {},
      cost_usd: `${cost.slice(0, -8)}.${cost.slice(-8)}`,
      unpriced_events: events.filter((event) => event.cost_status === "unpriced").length,
      usage_status,
      updated_at: "2026-11-24T10:32:14Z",
    };
  }

  private createKey({ name, scopes, ...rest }: { name: string; scopes: Scope[] }): Response {
    const number = this.keys.length + 1;
    const key: ApiKey = {
      id: `key_new_${number}`,
      name,
      prefix: `om_dev_N${number}xQ`,
      environment: this.session.environment,
      scopes,
      customer_id: (rest as { customer_id?: string }).customer_id ?? null,
      created_at: "2026-11-24T10:40:00Z",
      created_by: this.session.name,
      expires_at: null,
      revoked_at: null,
    };
    this.keys = [key, ...this.keys];
    return answer(201, { data: { ...key, key: `${key.prefix}-the-rest-of-the-secret` } });
  }

  private revoke(id: string): Response {
    this.keys = this.keys.map((key) =>
      key.id === id ? { ...key, revoked_at: "2026-11-24T10:41:00Z" } : key,
    );
    const key = this.keys.find((each) => each.id === id);
    return key === undefined
      ? refusal(404, "NOT_FOUND", "There is no such key.")
      : answer(200, { data: key });
  }
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  return text === "" ? null : JSON.parse(text);
}

function answer(status: number, body: object | string | null, headers = {}): Response {
  const text = body === null || typeof body === "string" ? body : JSON.stringify(body);
  return new Response(text, {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

function refusal(status: number, error: string, message: string): Response {
  return answer(status, { error, message, request_id: "req-fake-1" });
}

function unauthorized(): Response {
  return refusal(401, "UNAUTHORIZED", "Sign in first.");
}
