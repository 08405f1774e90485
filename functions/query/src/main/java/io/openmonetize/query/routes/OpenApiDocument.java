package io.openmonetize.query.routes;

import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code GET /v1/openapi.json}: the description of this API. */
public final class OpenApiDocument implements Handler {
  private static final String RESOURCE = "/openapi.json";

  @Override
  public Answer handle(Request request) {
    try (var document = OpenApiDocument.class.getResourceAsStream(RESOURCE)) {
      if (document == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return Answer.of(200, "application/json", document.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
