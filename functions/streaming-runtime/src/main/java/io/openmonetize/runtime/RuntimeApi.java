package io.openmonetize.runtime;

import io.openmonetize.runtime.http1.BodyInput;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpConnection;
import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API, version 2018-06-01, as one worker sees it: a method for each request. All
 * but streamed responses go over one connection that is kept between invocations.
 */
final class RuntimeApi implements AutoCloseable {
  static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String JSON = "application/json";

  /** Far above the platform's 6 MB, with room for its envelope. */
  private static final int MAX_EVENT_BYTES = 32 * 1024 * 1024;

  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final RuntimeEnvironment environment;
  private final Object lock = new Object();
  private @Nullable HttpConnection kept;
  private boolean closed;

  RuntimeApi(RuntimeEnvironment environment) {
    this.environment = environment;
  }

  private record Answer(ResponseHead head, byte[] body) {}

  /**
   * Waits for the next invocation, however long: the process may be frozen in this call for hours.
   * Asking is also what ends the invocation before it.
   *
   * @return empty when the platform says 410 Gone, by which a host ends the loop in good order
   */
  Optional<Invocation> next() throws RuntimeApiException {
    String target = ROOT + "invocation/next";
    Answer answer = call(new RequestHead("GET", target, base()), new byte[0], MAX_EVENT_BYTES);
    return switch (answer.head().status()) {
      case 200 -> Optional.of(invocation(answer));
      case 410 -> Optional.empty();
      default -> throw new RuntimeApiException(unexpected("GET " + target, answer.head().status()));
    };
  }

  /** Posts a whole response and returns the status of the answer: 202 when all is well. */
  int response(String requestId, byte[] payload) throws RuntimeApiException {
    return post(ROOT + "invocation/" + requestId + "/response", json(), payload);
  }

  /** Reports that an invocation failed before its response began. */
  int error(String requestId, ErrorReport report) throws RuntimeApiException {
    return post(ROOT + "invocation/" + requestId + "/error", json(report), report.toJson());
  }

  /** Reports that the process cannot serve. */
  int initError(ErrorReport report) throws RuntimeApiException {
    return post(ROOT + "init/error", json(report), report.toJson());
  }

  /**
   * Opens a connection of its own for a streamed response. Such a connection is closed after the
   * response, as the platform asks for.
   */
  HttpConnection openResponse() throws IOException {
    return connect();
  }

  /** The head of a streamed response, with these fields. */
  RequestHead responseHead(String requestId, Headers more) {
    List<Headers.Field> fields = new ArrayList<>(more.fields());
    fields.addFirst(new Headers.Field("Host", authority()));
    return new RequestHead(
        "POST", ROOT + "invocation/" + requestId + "/response", new Headers(fields));
  }

  static String unexpected(String request, int status) {
    return "The Runtime API answered " + request + " with status " + status;
  }

  /** Ends a wait for the next invocation in another thread too. */
  @Override
  public void close() throws IOException {
    synchronized (lock) {
      closed = true;
      if (kept != null) {
        kept.close();
      }
    }
  }

  private int post(String target, Headers headers, byte[] body) throws RuntimeApiException {
    Answer answer = call(new RequestHead("POST", target, headers), body, MAX_ANSWER_BYTES);
    int status = answer.head().status();
    if (status >= 500) {
      // "Container error. Non-recoverable state. Runtime should exit promptly." (runtimes-api)
      throw new RuntimeApiException(unexpected("POST " + target, status));
    }
    return status;
  }

  /**
   * One request and its answer. A kept connection may have died while the process was frozen; if it
   * ends before the first byte of an answer, the request is sent once more over a new one. A report
   * that did arrive the first time is told apart by its request id.
   */
  private Answer call(RequestHead head, byte[] body, int maxBytes) throws RuntimeApiException {
    try {
      HttpConnection reused = kept();
      if (reused != null) {
        if (fault(reused, head, body) == null) {
          return answer(reused, maxBytes);
        }
        discard();
      }
      HttpConnection fresh = keep(connect());
      IOException fault = fault(fresh, head, body);
      if (fault != null) {
        throw fault;
      }
      return answer(fresh, maxBytes);
    } catch (IOException e) {
      throw new RuntimeApiException(
          "No answer to " + head.method() + " http://" + authority() + head.target(), e);
    }
  }

  /** Sends a request. Null once the first byte of the answer is there, else why there is none. */
  private static @Nullable IOException fault(
      HttpConnection connection, RequestHead head, byte[] body) {
    IOException cut = null;
    try {
      connection.writer().request(head, body);
    } catch (IOException e) {
      // The other side may have stopped reading because it has answered: look before giving up.
      cut = e;
    }
    try {
      if (connection.reader().awaitByte()) {
        return null;
      }
      return cut == null ? new EOFException("The connection was closed before an answer") : cut;
    } catch (IOException e) {
      return cut == null ? e : cut;
    }
  }

  private Answer answer(HttpConnection connection, int maxBytes) throws IOException {
    ResponseHead head = connection.reader().responseHead();
    while (head.status() < 200) {
      head = connection.reader().responseHead();
    }
    BodyInput input = connection.reader().responseBody(head, false);
    byte[] body = input.readAll(maxBytes);
    if (!connection.reader().keepAlive(head.headers())) {
      discard();
    }
    return new Answer(head, body);
  }

  private static Invocation invocation(Answer answer) throws RuntimeApiException {
    Headers headers = answer.head().headers();
    String deadline = required(headers, "Lambda-Runtime-Deadline-Ms");
    try {
      return new Invocation(
          required(headers, "Lambda-Runtime-Aws-Request-Id"),
          Instant.ofEpochMilli(Long.parseLong(deadline)),
          headers.first("Lambda-Runtime-Invoked-Function-Arn").orElse(null),
          headers.first("Lambda-Runtime-Trace-Id").orElse(null),
          answer.body());
    } catch (NumberFormatException e) {
      throw new RuntimeApiException("The Runtime API sent a deadline that is no number", e);
    }
  }

  private static String required(Headers headers, String name) throws RuntimeApiException {
    return headers
        .first(name)
        .orElseThrow(() -> new RuntimeApiException("The Runtime API sent no " + name));
  }

  private Headers base() {
    return Headers.of("Host", authority());
  }

  private Headers json() {
    return base().with("Content-Type", JSON);
  }

  private Headers json(ErrorReport report) {
    return json().with(ERROR_TYPE, report.type());
  }

  private String authority() {
    return environment.apiHost() + ":" + environment.apiPort();
  }

  private HttpConnection connect() throws IOException {
    return new HttpConnection(new Socket(environment.apiHost(), environment.apiPort()));
  }

  private @Nullable HttpConnection kept() {
    synchronized (lock) {
      return kept;
    }
  }

  private HttpConnection keep(HttpConnection connection) throws IOException {
    synchronized (lock) {
      if (closed) {
        connection.close();
        throw new IOException("The worker has been ended");
      }
      kept = connection;
      return connection;
    }
  }

  private void discard() throws IOException {
    HttpConnection connection;
    synchronized (lock) {
      connection = kept;
      kept = null;
    }
    if (connection != null) {
      connection.close();
    }
  }
}
