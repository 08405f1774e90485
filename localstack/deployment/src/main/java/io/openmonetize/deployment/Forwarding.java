package io.openmonetize.deployment;

import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Passes on calls of AWS's JSON protocol, and their answers back. */
final class Forwarding implements AutoCloseable {
  /** Names the service and its operation. */
  static final String TARGET = "X-Amz-Target";

  /** More than DynamoDB's largest request, 16 MB. */
  static final int REQUEST_BYTES = 20 * 1024 * 1024;

  /** Longer than SQS's longest poll. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private static final List<String> PASSED_ON =
      List.of(TARGET, "Content-Type", "Authorization", "X-Amz-Date", "X-Amzn-Query-Mode");
  private static final List<String> PASSED_BACK =
      List.of("Content-Type", "X-Amzn-RequestId", "X-Amz-Crc32", "X-Amzn-Query-Error");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param body the exchange's own, which can be read but once
   */
  void passOn(HttpExchange exchange, byte[] body, URI to) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.resolve("/"))
            .timeout(ANSWER_WITHIN)
            .POST(BodyPublishers.ofByteArray(body));
    for (String name : PASSED_ON) {
      exchange.request().headers().first(name).ifPresent(value -> request.header(name, value));
    }
    HttpResponse<byte[]> answer;
    try {
      answer = client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a part was answering", e);
    }
    Headers headers = Headers.NONE;
    for (String name : PASSED_BACK) {
      String value = answer.headers().firstValue(name).orElse(null);
      headers = value == null ? headers : headers.with(name, value);
    }
    exchange.respond(answer.statusCode(), headers, answer.body());
  }

  @Override
  public void close() {
    client.close();
  }
}
