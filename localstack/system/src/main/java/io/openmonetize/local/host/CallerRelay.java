package io.openmonetize.local.host;

import io.openmonetize.logging.Log;
import io.openmonetize.runtime.http1.BodyInput;
import io.openmonetize.runtime.http1.ChunkedOutput;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Passes a function's response on to the caller, each chunk at once. What the caller has or has not
 * heard so far decides how a failure can still be told.
 */
final class CallerRelay implements ResponseReceiver {
  private static final String ERROR_TRAILER = "Lambda-Runtime-Function-Error-Type";
  private static final Headers JSON = Headers.of("Content-Type", "application/json");
  private static final String MALFORMED = "function_answer_malformed";
  private static final HttpAnswer WITHOUT_PRELUDE =
      new HttpAnswer(200, Headers.of("Content-Type", "application/octet-stream"), new byte[0]);

  private enum Heard {
    NOTHING,
    PART,
    ALL
  }

  private final HttpExchange exchange;
  private final Headers more;
  private final OnCallerGone onCallerGone;
  private final Log log;
  private Heard heard = Heard.NOTHING;
  private boolean gone;
  private @Nullable Runnable cancel;

  /**
   * @param more headers that the front door adds to every response
   */
  CallerRelay(HttpExchange exchange, Headers more, OnCallerGone onCallerGone, Log log) {
    this.exchange = exchange;
    this.more = more;
    this.onCallerGone = onCallerGone;
    this.log = log;
  }

  @Override
  public void buffered(byte[] payload) {
    try {
      HttpAnswer answer = HttpAnswer.read(payload);
      tell(answer.status(), answer.headers(), answer.body());
    } catch (HttpAnswer.MalformedAnswerException e) {
      log.error(MALFORMED, "reason", e.getMessage());
      internalError();
    }
  }

  @Override
  public void streamed(boolean withPrelude, BodyInput body, Runnable cancel) throws IOException {
    watch(cancel);
    try {
      StreamPrelude prelude =
          withPrelude ? StreamPrelude.read(body) : new StreamPrelude(WITHOUT_PRELUDE, new byte[0]);
      ChunkedOutput output = begin(prelude.answer());
      pass(output, prelude.rest(), prelude.rest().length);
      byte[] buffer = new byte[16 * 1024];
      for (int count; (count = body.read(buffer, 0, buffer.length)) >= 0; ) {
        pass(output, buffer, count);
      }
      if (body.trailers().contains(ERROR_TRAILER)) {
        breakOff();
      } else {
        end(output);
      }
    } catch (HttpAnswer.MalformedAnswerException e) {
      log.error(MALFORMED, "reason", e.getMessage());
      internalError();
      throw e;
    } catch (IOException e) {
      internalError();
      throw e;
    }
  }

  /** Tells the caller how the invocation ended, as far as its response has not. */
  void finish(Outcome outcome) {
    switch (outcome) {
      case Outcome.Answered() -> {}
      case Outcome.Failed(String errorType) -> {
        log.warn("function_failed", "error_type", errorType);
        internalError();
      }
      case Outcome.TimedOut() -> {
        log.warn("function_timed_out");
        internalError();
      }
      case Outcome.Throttled() -> {
        log.warn("function_throttled");
        tell(429, JSON, utf8("{\"message\":\"Rate Exceeded.\"}"));
      }
    }
  }

  /** A whole response, unless the caller has heard something already. */
  void tell(int status, Headers headers, byte[] body) {
    synchronized (this) {
      if (heard != Heard.NOTHING) {
        return;
      }
      heard = Heard.ALL;
    }
    try {
      exchange.respond(status, with(headers), body);
    } catch (IllegalArgumentException e) {
      log.error(MALFORMED, "reason", "a header that HTTP does not allow");
      abort();
    } catch (IOException e) {
      callerGone();
    }
  }

  /** A write has failed; or, on a thread of its own, the caller has closed its connection. */
  void callerGone() {
    Runnable action = null;
    synchronized (this) {
      if (!gone && heard != Heard.ALL && onCallerGone == OnCallerGone.CANCEL) {
        action = cancel;
      }
      gone = true;
    }
    if (action != null) {
      action.run();
    }
  }

  private void watch(Runnable breakConnection) throws IOException {
    synchronized (this) {
      cancel = breakConnection;
      if (!gone || onCallerGone == OnCallerGone.DRAIN) {
        return;
      }
    }
    breakConnection.run();
    throw new IOException("the caller has gone");
  }

  private @Nullable ChunkedOutput begin(HttpAnswer answer) throws IOException {
    synchronized (this) {
      if (heard != Heard.NOTHING) {
        throw new IOException("the caller has been told that the function failed");
      }
      heard = Heard.PART;
    }
    try {
      return exchange.stream(answer.status(), with(answer.headers()));
    } catch (IllegalArgumentException e) {
      synchronized (this) {
        heard = Heard.NOTHING;
      }
      throw new HttpAnswer.MalformedAnswerException("a header that HTTP does not allow");
    } catch (IOException e) {
      callerGone();
      return null;
    }
  }

  private void pass(@Nullable ChunkedOutput output, byte[] bytes, int count) {
    if (output == null || isGone()) {
      return;
    }
    try {
      output.write(bytes, 0, count);
    } catch (IOException e) {
      callerGone();
    }
  }

  private void end(@Nullable ChunkedOutput output) {
    boolean whole;
    synchronized (this) {
      heard = Heard.ALL;
      whole = output != null && !gone;
    }
    try {
      if (whole) {
        output.end();
        return;
      }
    } catch (IOException e) {
      callerGone();
    }
    abort();
  }

  private void internalError() {
    if (!breakOff()) {
      // Without quotes, though called JSON: so Function URLs say it.
      tell(502, JSON, utf8("Internal Server Error"));
    }
  }

  /** Where a part was heard, the connection is broken, so that it is not taken for whole. */
  private boolean breakOff() {
    synchronized (this) {
      if (heard != Heard.PART) {
        return false;
      }
      heard = Heard.ALL;
    }
    abort();
    return true;
  }

  private void abort() {
    try {
      exchange.abort();
    } catch (IOException e) {
      log.debug("caller_connection_not_reset", "cause", e);
    }
  }

  private synchronized boolean isGone() {
    return gone;
  }

  private Headers with(Headers headers) {
    Headers all = headers;
    for (Headers.Field field : more.fields()) {
      all = all.with(field.name(), field.value());
    }
    return all;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
