import { expect, test } from "vitest";
import { ApiError, NoAnswerError } from "./errors";
import { send, type Call, type Method } from "./http";

interface Sent {
  path: string;
  init: RequestInit;
}

function answering(response: Response) {
  const sent: Sent[] = [];
  const fetchIt = (async (path: string, init: RequestInit) => {
    sent.push({ path, init });
    return response;
  }) as typeof fetch;
  return { sent, ask: (method: Method, call?: Call) => send(fetchIt, method, "v1/x", call) };
}

function failing(status: number, body: string, headers: Record<string, string> = {}) {
  return answering(new Response(body, { status, headers })).ask("GET");
}

test.each([
  ["GET", undefined],
  ["POST", "1"],
  ["DELETE", "1"],
] as const)("send_%s_carriesTheCsrfHeader%s", async (method, header) => {
  const { sent, ask } = answering(Response.json({}));
  await ask(method);
  expect(new Headers(sent[0]?.init.headers).get("x-om-csrf") ?? undefined).toBe(header);
});

test("send_anyCall_goesToARelativePath", async () => {
  const { sent, ask } = answering(Response.json({}));
  await ask("GET");
  expect(sent[0]?.path).toBe("v1/x");
});

test("send_error_saysCodeMessageRequestIdAndWait", async () => {
  const body = JSON.stringify({ error: "TOO_MANY", message: "Slowly.", request_id: "r-1" });
  await expect(failing(429, body, { "retry-after": "30" })).rejects.toEqual(
    new ApiError(429, "TOO_MANY", "Slowly.", "r-1", 30),
  );
});

test("send_errorOfAGatewayInBetween_saysItsStatusAndRequestId", async () => {
  const error = failing(504, "<h1>Gateway Timeout</h1>", { "apigw-requestid": "gw-1" });
  await expect(error).rejects.toMatchObject({
    status: 504,
    code: "HTTP_504",
    message: "The server answered with status 504.",
    requestId: "gw-1",
  });
});

test("send_successThatIsNoJson_isAnError", async () => {
  await expect(failing(200, "<html>")).rejects.toMatchObject({ code: "NOT_JSON" });
});

test("send_noContent_isNull", async () => {
  expect(await answering(new Response(null, { status: 204 })).ask("DELETE")).toBeNull();
});

test("send_noAnswer_isNoAnswerError", async () => {
  const fetchIt = () => Promise.reject(new TypeError("Failed to fetch"));
  await expect(send(fetchIt, "GET", "v1/x")).rejects.toBeInstanceOf(NoAnswerError);
});

test("send_givenUp_isNotTakenForNoAnswer", async () => {
  const fetchIt = () => Promise.reject(new DOMException("aborted", "AbortError"));
  const signal = AbortSignal.abort(new Error("no longer wanted"));
  await expect(send(fetchIt, "GET", "v1/x", { signal })).rejects.toThrow("no longer wanted");
});
