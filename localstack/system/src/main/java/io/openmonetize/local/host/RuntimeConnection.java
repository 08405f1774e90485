package io.openmonetize.local.host;

import io.openmonetize.logging.Log;
import io.openmonetize.runtime.http1.BodyInput;
import io.openmonetize.runtime.http1.BodyTooLargeException;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpConnection;
import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a function's process to the Runtime API. Its thread does nothing but read, also
 * while the process waits for an event: so it sees at once when the process is gone.
 */
final class RuntimeConnection {
  private static final Pattern TARGET =
      Pattern.compile("/2018-06-01/runtime/(?:invocation/([^/]+)/(response|error)|(init/error))");
  private static final String NEXT = "/2018-06-01/runtime/invocation/next";
  private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
  private static final String STREAMING = "Lambda-Runtime-Function-Response-Mode";
  private static final String WITH_PRELUDE = "application/vnd.awslambda.http-integration-response";
  private static final String FUNCTION_ARN = "arn:aws:lambda:us-east-1:000000000000:function:local";
  private static final int ERROR_BYTES = 256 * 1024;

  private final LocalRuntimeApi api;
  private final Socket socket;
  private final Log log;
  private @Nullable HttpConnection http;
  private @Nullable HostedInvocation current;
  private volatile boolean responding;

  RuntimeConnection(LocalRuntimeApi api, Socket socket, Log log) {
    this.api = api;
    this.socket = socket;
    this.log = log;
  }

  void run() {
    api.opened(this);
    try (HttpConnection connection = new HttpConnection(socket)) {
      synchronized (this) {
        http = connection;
      }
      RequestHead head;
      while ((head = connection.reader().requestHead()) != null) {
        BodyInput body = connection.reader().requestBody(head);
        serve(head, body);
        if (!body.complete() || !connection.reader().keepAlive(head.headers())) {
          break;
        }
      }
    } catch (IOException e) {
      log.debug("runtime_api_connection_ended", "cause", e);
    } finally {
      api.lost(this);
      abandon("Runtime.ExitError");
    }
  }

  /** Hands over an event. False when the process is gone and has not got it. */
  boolean deliver(HostedInvocation invocation, Instant deadline) {
    Headers headers =
        Headers.of(
            "Content-Type",
            "application/json",
            "Lambda-Runtime-Aws-Request-Id",
            invocation.id(),
            "Lambda-Runtime-Deadline-Ms",
            Long.toString(deadline.toEpochMilli()),
            "Lambda-Runtime-Invoked-Function-Arn",
            FUNCTION_ARN,
            "Lambda-Runtime-Trace-Id",
            invocation.traceId());
    synchronized (this) {
      current = invocation;
    }
    try {
      respond(200, headers, invocation.event());
      return true;
    } catch (IOException e) {
      synchronized (this) {
        current = null;
      }
      return false;
    }
  }

  /** There will be no more events. */
  void deny() {
    try {
      respond(410, Headers.NONE, new byte[0]);
    } catch (IOException e) {
      log.debug("runtime_gone_already", "cause", e);
    }
  }

  /** Breaks the connection, so that the other side notices in the midst of writing. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      log.debug("runtime_api_connection_not_reset", "cause", e);
    }
  }

  /** As {@link #reset()}, where a response is being read. */
  void resetResponse() {
    if (responding) {
      reset();
    }
  }

  private void serve(RequestHead head, BodyInput body) throws IOException {
    if (head.method().equals("GET") && head.target().equals(NEXT)) {
      abandon("Runtime.NoResponse");
      api.next(this);
      return;
    }
    Matcher target = TARGET.matcher(head.target());
    if (!head.method().equals("POST") || !target.matches()) {
      refuse(404, "InvalidPath");
      return;
    }
    if (target.group(3) != null) {
      body.readAll(ERROR_BYTES);
      api.initialisationFailed(errorType(head.headers()));
      accept();
      return;
    }
    HostedInvocation invocation = api.running(target.group(1));
    if (invocation == null || !invocation.claim(this::reset)) {
      refuse(400, "InvalidRequestID");
    } else if (target.group(2).equals("error")) {
      body.readAll(ERROR_BYTES);
      accept();
      invocation.end(new Outcome.Failed(errorType(head.headers())));
    } else {
      response(head.headers(), body, invocation);
    }
  }

  private void response(Headers headers, BodyInput body, HostedInvocation invocation)
      throws IOException {
    Outcome outcome = new Outcome.Failed("Runtime.TruncatedResponse");
    responding = true;
    try {
      if (headers.first(STREAMING).filter("streaming"::equalsIgnoreCase).isPresent()) {
        boolean prelude = headers.first("Content-Type").filter(WITH_PRELUDE::equals).isPresent();
        invocation.receiver().streamed(prelude, body, this::reset);
      } else {
        invocation.receiver().buffered(body.readAll(Limits.PAYLOAD_BYTES));
      }
      outcome = new Outcome.Answered();
    } catch (BodyTooLargeException e) {
      outcome = new Outcome.Failed("Function.ResponseSizeTooLarge");
      refuse(413, "RequestEntityTooLarge");
      return;
    } finally {
      responding = false;
      invocation.end(outcome);
    }
    accept();
  }

  /** A process that leaves, or asks for the next event, without an answer has failed. */
  private void abandon(String errorType) {
    HostedInvocation left;
    synchronized (this) {
      left = current;
      current = null;
    }
    if (left != null && left.claim(() -> {})) {
      left.end(new Outcome.Failed(errorType));
    }
  }

  private void accept() throws IOException {
    respond(202, Headers.of("Content-Type", "application/json"), utf8("{\"status\":\"OK\"}\n"));
  }

  private void refuse(int status, String errorType) throws IOException {
    respond(
        status,
        Headers.of("Content-Type", "application/json"),
        utf8("{\"errorMessage\":\"" + errorType + "\",\"errorType\":\"" + errorType + "\"}\n"));
  }

  private synchronized void respond(int status, Headers headers, byte[] body) throws IOException {
    if (http == null) {
      throw new IOException("the connection is not open yet");
    }
    http.writer()
        .responseHead(
            new ResponseHead(
                status, "", headers.with("Content-Length", Integer.toString(body.length))));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
  }

  private static String errorType(Headers headers) {
    return headers.first(ERROR_TYPE).orElse("Unhandled");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
