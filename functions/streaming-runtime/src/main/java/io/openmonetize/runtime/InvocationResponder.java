package io.openmonetize.runtime;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Answers one invocation, and knows afterwards how far the answer got. */
final class InvocationResponder implements Responder {
  private final RuntimeApi api;
  private final Invocation invocation;
  private final String requestId;
  private final ResponseTimer timer;
  private final RuntimeLog log;
  private boolean answered;
  private @Nullable RuntimeApiException broken;
  private @Nullable StreamedResponse stream;

  InvocationResponder(RuntimeApi api, Invocation invocation, ResponseTimer timer, RuntimeLog log) {
    this.api = api;
    this.invocation = invocation;
    this.requestId = invocation.requestId();
    this.timer = timer;
    this.log = log;
  }

  @Override
  public void respond(byte[] payload) throws IOException {
    begin();
    try {
      expectAccepted("a response", api.response(requestId, payload));
    } catch (RuntimeApiException e) {
      broken = e;
      throw e;
    }
  }

  @Override
  public ResponseStream stream(Prelude prelude) throws IOException {
    return stream(prelude, invocation.deadline());
  }

  @Override
  public ResponseStream stream(Prelude prelude, Instant endBy) throws IOException {
    begin();
    try {
      StreamedResponse response =
          StreamedResponse.begin(api, requestId, prelude, timer, endBy, log);
      stream = response;
      return response;
    } finally {
      // Where it did not begin, the platform has yet to hear of this invocation.
      answered = stream != null;
    }
  }

  /** The handler has returned. What it left undone is reported, so that its caller can tell. */
  void returned() throws RuntimeApiException {
    requireApi();
    if (!answered) {
      report(ErrorReport.of("Runtime.NoResponse", "The function returned without an answer"));
    } else if (stream != null && stream.open()) {
      report(ErrorReport.of("Runtime.OpenResponse", "The function did not end its response"));
    }
  }

  /** The handler has thrown. */
  void failed(Throwable failure) throws RuntimeApiException {
    log.error(requestId, "The function failed", failure);
    requireApi();
    report(ErrorReport.of(failure));
  }

  /** The one place that decides how a failure is told: in a report, or in trailers, or no more. */
  private void report(ErrorReport report) throws RuntimeApiException {
    if (!answered) {
      answered = true;
      expectAccepted("an error report", api.error(requestId, report));
    } else if (stream != null && stream.open()) {
      try {
        stream.fail(report);
      } catch (IOException e) {
        log.error(requestId, "A response could not be ended as failed", e);
      }
    }
  }

  /** A handler may have caught what it cannot mend. */
  private void requireApi() throws RuntimeApiException {
    if (broken != null) {
      throw broken;
    }
  }

  private void expectAccepted(String request, int status) {
    if (status != 202) {
      log.error(requestId, RuntimeApi.unexpected(request, status));
    }
  }

  private void begin() {
    if (answered) {
      throw new IllegalStateException("The invocation has been answered");
    }
    answered = true;
  }
}
