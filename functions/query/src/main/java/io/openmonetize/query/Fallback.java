package io.openmonetize.query;

import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;

/** Paths that are no route: unknown below the API, a file anywhere else. */
final class Fallback implements Handler {
  private final Handler files;

  Fallback(Handler files) {
    this.files = files;
  }

  @Override
  public Answer handle(Request request) {
    if (request.path().equals("/v1") || request.path().startsWith("/v1/")) {
      throw new Refusal(ErrorCode.NOT_FOUND, "This API has no such path.");
    }
    return files.handle(request);
  }
}
