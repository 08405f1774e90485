package io.openmonetize.runtime;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Answers one invocation, and knows afterwards how far the answer got. */
final class InvocationResponder implements Responder {
  private final RuntimeApi api;
  private final String requestId;
  private final RuntimeLog log;
  private boolean answered;
  private @Nullable StreamedResponse stream;

  InvocationResponder(RuntimeApi api, String requestId, RuntimeLog log) {
    this.api = api;
    this.requestId = requestId;
    this.log = log;
  }

  @Override
  public void respond(byte[] payload) throws IOException {
    begin();
    int status = api.response(requestId, payload);
    if (status != 202) {
      log.error(requestId, RuntimeApi.unexpected("a response", status));
    }
  }

  @Override
  public ResponseStream stream(Prelude prelude) throws IOException {
    begin();
    StreamedResponse response = StreamedResponse.begin(api, requestId, prelude, log);
    stream = response;
    return response;
  }

  /**
   * The handler has returned. What it left undone is made good in the way that the caller can see.
   */
  void returned() throws RuntimeApiException {
    if (!answered) {
      report(ErrorReport.of("Runtime.NoResponse", "The function returned without an answer"));
    } else if (stream != null && stream.open()) {
      report(ErrorReport.of("Runtime.OpenResponse", "The function did not end its response"));
    }
  }

  /** The handler has thrown. */
  void failed(Throwable failure) throws RuntimeApiException {
    log.error(requestId, "The function failed", failure);
    report(ErrorReport.of(failure));
  }

  /**
   * The one place that decides how a failure is told: before the first byte, within, after the
   * last.
   */
  private void report(ErrorReport report) throws RuntimeApiException {
    if (!answered) {
      answered = true;
      int status = api.error(requestId, report);
      if (status != 202) {
        log.error(requestId, RuntimeApi.unexpected("an error report", status));
      }
    } else if (stream != null && stream.open()) {
      try {
        stream.fail(report);
      } catch (IOException e) {
        log.error(requestId, "A response could not be ended as failed", e);
      }
    }
  }

  private void begin() {
    if (answered) {
      throw new IllegalStateException("The invocation has been answered");
    }
    answered = true;
  }
}
