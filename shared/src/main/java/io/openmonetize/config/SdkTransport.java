package io.openmonetize.config;

import io.openmonetize.http.Abort;
import io.openmonetize.http.Answer;
import io.openmonetize.http.ClientRequest;
import io.openmonetize.http.ConnectionPool;
import io.openmonetize.http.Connector;
import io.openmonetize.http.Origin;
import io.openmonetize.http.PooledClient;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The HTTP client of the AWS SDK. Failures are {@link IOException}s, which the SDK takes as reason
 * to try again.
 */
final class SdkTransport implements SdkHttpClient {
  /** Stated by the client itself, and for the same host and body. */
  private static final Set<String> RESET = Set.of("host", "content-length");

  private static final int IDLE_AT_MOST = 64;

  /** Less than after which AWS's front ends close an idle connection. */
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(20);

  private final PooledClient client;
  private final Duration attemptWithin;
  private final Clock clock;

  /**
   * @param attemptWithin how long one try may take, from the search for a connection to the last
   *     byte
   */
  SdkTransport(Connector connector, Duration attemptWithin, Clock clock) {
    this.client =
        new PooledClient(
            connector,
            new ConnectionPool(IDLE_AT_MOST, IDLE_LIMIT, clock),
            clock,
            (origin, cause) -> {});
    this.attemptWithin = attemptWithin;
    this.clock = clock;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Abort abort = new Abort();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return SdkTransport.this.call(request, abort);
      }

      @Override
      public void abort() {
        abort.abort();
      }
    };
  }

  @Override
  public String clientName() {
    return "OpenMonetize";
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpExecuteResponse call(HttpExecuteRequest request, Abort abort) throws IOException {
    Instant end = clock.instant().plus(attemptWithin);
    Answer answer = client.send(translated(request), end, end, abort);
    AnswerBody body = new AnswerBody(answer);
    return HttpExecuteResponse.builder()
        .response(head(answer))
        .responseBody(AbortableInputStream.create(body, body::close))
        .build();
  }

  private static ClientRequest translated(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest http = request.httpRequest();
    List<Headers.Field> fields = new ArrayList<>();
    http.forEachHeader(
        (name, values) -> {
          if (!RESET.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> fields.add(new Headers.Field(name, value)));
          }
        });
    String path = http.encodedPath().isEmpty() ? "/" : http.encodedPath();
    String query = http.encodedQueryParameters().map(text -> "?" + text).orElse("");
    return new ClientRequest(
        origin(http), http.method().name(), path + query, new Headers(fields), body(request));
  }

  /** Its authority is the {@code host} that the SDK has signed: without a port that is usual. */
  private static Origin origin(SdkHttpRequest http) {
    boolean tls = http.protocol().equals("https");
    boolean usual = http.port() == (tls ? 443 : 80);
    return new Origin(
        tls, http.host(), http.port(), usual ? http.host() : http.host() + ":" + http.port(), "");
  }

  private static byte[] body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return new byte[0];
    }
    try (InputStream content = request.contentStreamProvider().get().newStream()) {
      return content.readAllBytes();
    }
  }

  private static SdkHttpResponse head(Answer answer) {
    SdkHttpFullResponse.Builder head = SdkHttpFullResponse.builder();
    head.statusCode(answer.head().status());
    for (Headers.Field field : answer.head().headers().fields()) {
      head.appendHeader(field.name(), field.value());
    }
    return head.build();
  }

  /** Closing it gives the connection back, or drops it where not all was read. */
  private static final class AnswerBody extends InputStream {
    private final Answer answer;

    AnswerBody(Answer answer) {
      this.answer = answer;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return length == 0 ? 0 : answer.read(target, offset, length);
    }

    @Override
    public void close() {
      answer.close();
    }
  }
}
