package io.openmonetize.sdk.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JDK's client, whose own timeout ends with the head of an answer: here it covers the body. */
public final class JdkTransport implements HttpTransport {
  private final HttpClient client;

  /**
   * Follows no redirect: a key is for the host it was given for.
   *
   * @param connectTimeout of a new connection; more than 0
   */
  public JdkTransport(Duration connectTimeout) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build();
  }

  @Override
  public HttpReply exchange(HttpCall call) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request(call), head -> new BoundedBody(call.replyBytesAtMost()));
    try {
      HttpResponse<byte[]> response = answer.get(call.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return new HttpReply(
          response.statusCode(),
          response.headers().firstValue("retry-after").orElse(null),
          response.body());
    } catch (TimeoutException e) {
      var timeout = new InterruptedIOException("Request timeout");
      timeout.initCause(e);
      throw timeout;
    } catch (ExecutionException e) {
      throw new IOException(describe(e.getCause()), e.getCause());
    } finally {
      // Ends the exchange where it has not ended, and its connection with it.
      answer.cancel(true);
    }
  }

  private static HttpRequest request(HttpCall call) {
    byte[] body = call.body();
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri()).method(call.method(), publisher);
    call.headers().forEach(request::header);
    return request.build();
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ": " + message;
  }
}
