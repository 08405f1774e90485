package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A run of calls as Lambda's platform makes them, of the function behind a Function URL. */
final class Invocations extends ClosedLoop implements Platform.Invoker {
  private static final byte[] STATUS = ascii("\"statusCode\":200");
  private static final byte[] REQUEST_ID = ascii("\"x-om-request-id\":\"");
  private static final String ID_HEADER = "Lambda-Runtime-Aws-Request-Id: ";
  private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(14);

  private final Platform platform;
  private final byte[] answer;
  private final int idAt;
  private final Call[] calls;
  private final boolean[] answered;
  private final Deque<Integer> free = new ArrayDeque<>();
  private long number;

  Invocations(Loop loop, Platform platform, Scenario scenario, String key) {
    super(loop, scenario);
    this.platform = platform;
    this.answer = nextAnswer(event(scenario.script(), key));
    this.idAt =
        new String(answer, StandardCharsets.US_ASCII).indexOf(ID_HEADER) + ID_HEADER.length();
    this.calls = new Call[scenario.concurrency()];
    this.answered = new boolean[calls.length];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = new Call(samples, new ExactAnswer(scenario.script(), samples.chunk));
      free.add(i);
    }
  }

  @Override
  void open() {
    platform.serve(this);
  }

  @Override
  void shut() {
    platform.serve(null);
  }

  @Override
  void fill() {
    while (platform.waiting() > 0 && mayBegin()) {
      int slot = free.remove();
      number++;
      Digits.write(answer, idAt, Platform.ID_DIGITS, number * Platform.SLOTS + slot);
      calls[slot].begin(platform.invoke(slot, answer));
    }
  }

  @Override
  public void ready() {
    fill();
  }

  @Override
  public Call call(int slot) {
    return calls[slot];
  }

  @Override
  public void prelude(Bytes prelude) {
    int id = prelude.after(REQUEST_ID);
    if (prelude.after(STATUS) < 0 || id < 0) {
      throw new IllegalStateException("the proxy answered " + prelude);
    }
    samples.ids.add(EventLog.fold(prelude.array(), id));
  }

  @Override
  public void answered(int slot, long now) {
    calls[slot].end(now);
    answered[slot] = true;
  }

  @Override
  public void settled(int slot, long now) {
    if (!answered[slot]) {
      throw new IllegalStateException("the proxy asked for more before it had answered");
    }
    answered[slot] = false;
    free.add(slot);
    over(now);
  }

  private static byte[] nextAnswer(String event) {
    return ascii(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            + ID_HEADER
            + "0".repeat(Platform.ID_DIGITS)
            + "\r\nLambda-Runtime-Deadline-Ms: "
            + Instant.now().plus(FUNCTION_TIMEOUT).toEpochMilli()
            + "\r\nLambda-Runtime-Invoked-Function-Arn:"
            + " arn:aws:lambda:us-east-1:123456789012:function:proxy\r\n"
            + "Lambda-Runtime-Trace-Id: Root=1-67891233-abcdef012345678912345678\r\n"
            + "Content-Length: "
            + event.length()
            + "\r\n\r\n"
            + event);
  }

  /** The invocation that a Function URL makes of a call. */
  private static String event(Script script, String key) {
    return """
    {"version":"2.0","routeKey":"$default","rawPath":"%1$s","rawQueryString":"","headers":{\
    "content-type":"application/json","x-om-customer-id":"acme","x-om-user-id":"ann",\
    "x-om-feature-id":"chat","x-om-api-key":"%2$s","authorization":"Bearer none",\
    "user-agent":"bench/1","accept":"*/*","content-length":"%4$d","host":"%5$s",\
    "x-amzn-trace-id":"Root=1-67891233-abcdef012345678912345678","x-forwarded-proto":"https",\
    "x-forwarded-port":"443","x-forwarded-for":"203.0.113.9"},\
    "requestContext":{"accountId":"anonymous","apiId":"abcdefghijklmnopqrstuvwxyz012345",\
    "domainName":"%5$s","domainPrefix":"abcdefghijklmnopqrstuvwxyz012345","http":{\
    "method":"POST","path":"%1$s","protocol":"HTTP/1.1","sourceIp":"203.0.113.9",\
    "userAgent":"bench/1"},"requestId":"9b6f3b1e-54b7-4f0a-9f4e-3a2b1c0d9e8f",\
    "routeKey":"$default","stage":"$default","time":"24/Nov/2026:12:00:00 +0000",\
    "timeEpoch":1795521600000},"body":"%3$s","isBase64Encoded":false}\
    """
        .formatted(
            script.shape().path(),
            key,
            script.request().replace("\"", "\\\""),
            script.request().length(),
            "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
