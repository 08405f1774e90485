package io.openmonetize.local.smoke;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Calls to a deployment, over HTTP/1.1 as Function URLs speak it. */
final class SmokeClient implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(90);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  HttpResponse<String> send(String method, URI uri, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    return http.send(request(method, uri, headers, body), BodyHandlers.ofString());
  }

  /** As soon as the head is there. */
  HttpResponse<InputStream> open(URI uri, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    return http.send(request("POST", uri, headers, body), BodyHandlers.ofInputStream());
  }

  private static HttpRequest request(
      String method, URI uri, Map<String, String> headers, String body) {
    BodyPublisher sent = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN).method(method, sent);
    headers.forEach(request::header);
    return request.build();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
