import type { ApiKey, Scope, Session, UsageEvent } from "../src/api/types.ts";
import { breakdown, customers, forecast, options, series, summary } from "./fake-usage.ts";
import { sampleOperations, samplePriceOf } from "./sample-operations.ts";

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
    event_retention_days: null,
  };
  password = "correct horse";
  /** What was asked, oldest first. */
  readonly asked: Asked[] = [];
  /** Prices, pipeline, audit and the like: what a test wants otherwise, it replaces. */
  operations = sampleOperations();
  private readonly failures: Failure[] = [];
  private readonly heldBack = new Set<string>();
  private readonly waiting: (() => void)[] = [];
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

  /** Calls of this path are not answered until `letGo`. */
  holdBack(path: string): void {
    this.heldBack.add(path);
  }

  letGo(): void {
    this.heldBack.clear();
    this.waiting.splice(0).forEach((go) => go());
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
    if (this.heldBack.has(path)) {
      await new Promise<void>((go) => this.waiting.push(go));
    }
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
    const { method, path, search } = asked;
    const one = /^v1\/(events|api-keys|pipeline\/dead-letters)\/([^/]+)(\/[a-z]+)?$/.exec(path);
    if (one !== null && one[2] !== "redrive") {
      return this.answerOne(asked, one[1]!, decodeURIComponent(one[2]!), one[3] ?? "");
    }
    switch (`${method} ${path}`) {
      case "GET v1/events":
        return this.eventPage(search);
      case "GET v1/events.csv":
        return this.eventsCsv(search);
      case "GET v1/usage/summary":
        return answer(200, { data: summary(this.events, search) });
      case "GET v1/usage/series":
        return answer(200, { data: series(this.events, search) });
      case "GET v1/usage/breakdown":
        return answer(200, { data: breakdown(this.events, search) });
      case "GET v1/usage/forecast":
        return answer(200, { data: forecast(this.events, search) });
      case "GET v1/customers":
        return answer(200, { data: customers(this.events, search) });
      case "GET v1/options":
        return answer(200, options(this.events, search));
      case "GET v1/api-keys":
        return answer(200, { data: this.keys });
      case "POST v1/api-keys":
        return this.createKey(asked.body as { name: string; scopes: Scope[] });
      default:
        return this.answerOperations(asked);
    }
  }

  private answerOperations({ method, path, search }: Asked): Response {
    const { pipeline, deadLetters, prices, reratings, lateChanges, audit, operators } =
      this.operations;
    switch (`${method} ${path}`) {
      case "GET v1/pipeline":
        return answer(200, { data: pipeline });
      case "GET v1/pipeline/dead-letters":
        return answer(200, { data: deadLetters });
      case "POST v1/pipeline/dead-letters/redrive":
        return this.redrive(() => true);
      case "GET v1/prices": {
        const named = (names: string[]) =>
          names.some((name) => name.startsWith(search.get("prefix") ?? ""));
        const of = search.get("provider");
        const models = prices.models.filter(
          ({ provider, names }) => (of === null || of === provider) && named(names),
        );
        return answer(200, { data: { ...prices, models } });
      }
      case "GET v1/reratings":
        return answer(200, { data: reratings });
      case "GET v1/late-changes":
        return answer(200, { data: lateChanges });
      case "GET v1/operators":
        return answer(200, { data: operators });
      case "GET v1/audit": {
        const start = Number(search.get("cursor") ?? 0);
        const end = start + Number(search.get("limit") ?? 50);
        const next_cursor = end < audit.length ? String(end) : null;
        return answer(200, { data: audit.slice(start, end), next_cursor });
      }
      case "POST v1/session/sign-out-everywhere":
        this.signedIn = false;
        return answer(204, null);
      default:
        return refusal(404, "NOT_FOUND", `There is no ${path}.`);
    }
  }

  private answerOne({ method, body }: Asked, what: string, id: string, verb: string): Response {
    switch (`${method} ${what}${verb}`) {
      case "GET events": {
        const event = this.events.find((each) => each.id === id);
        return event === undefined
          ? refusal(404, "NOT_FOUND", "There is no such event.")
          : answer(200, { data: { ...event, history: [], price: samplePriceOf(event) } });
      }
      case "POST api-keys/revoke":
        return this.revoke(id);
      case "POST api-keys/rotate":
        return this.rotate(id, (body as { overlap_seconds: number }).overlap_seconds);
      case "POST pipeline/dead-letters/redrive":
        return this.redrive((each) => each === id);
      default:
        return refusal(404, "NOT_FOUND", `There is no ${what}/${id}${verb}.`);
    }
  }

  private redrive(chosen: (id: string) => boolean): Response {
    const kept = this.operations.deadLetters.filter(({ id }) => !chosen(id));
    const redriven = this.operations.deadLetters.length - kept.length;
    this.operations.deadLetters = kept;
    this.operations.pipeline = { ...this.operations.pipeline, dead_letters: kept.length };
    return answer(200, { data: { redriven } });
  }

  private rotate(id: string, overlapSeconds: number): Response {
    const old = this.keys.find((key) => key.id === id);
    if (old === undefined) {
      return refusal(404, "NOT_FOUND", "There is no such key.");
    }
    const expires_at = new Date(Date.now() + overlapSeconds * 1000).toISOString();
    this.keys = this.keys.map((key) => (key.id === id ? { ...key, expires_at } : key));
    return this.createKey({ name: old.name, scopes: old.scopes });
  }

  /** A few columns of each event, two rows a part. */
  private eventsCsv(search: URLSearchParams): Response {
    const start = Number(search.get("cursor") ?? 0);
    const rows = this.matching(search).map(
      (event) => `${event.event_id},${event.customer_id},${event.cost_usd ?? ""}\r\n`,
    );
    const head = start === 0 ? "event_id,customer_id,cost_usd\r\n" : "";
    const more = start + 2 < rows.length;
    return new Response(head + rows.slice(start, start + 2).join(""), {
      headers: {
        "content-type": "text/csv",
        ...(more ? { "x-om-next-cursor": String(start + 2) } : {}),
      },
    });
  }

  private matching(search: URLSearchParams): UsageEvent[] {
    const names = [
      "customer_id",
      "user_id",
      "feature_id",
      "provider",
      "model",
      "status",
      "usage_status",
      "source",
      "cost_status",
      "quarantined",
    ] as const;
    const from = search.get("from") ?? "";
    const to = search.get("to") ?? "9999";
    return this.events.filter(
      (event) =>
        names.every(
          (name) => search.get(name) === null || search.get(name) === String(event[name]),
        ) &&
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
