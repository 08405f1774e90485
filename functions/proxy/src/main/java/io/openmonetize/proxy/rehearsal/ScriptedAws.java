package io.openmonetize.proxy.rehearsal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** In the place of the network under the AWS SDK: a key table with one key, and a queue. */
final class ScriptedAws implements SdkHttpClient {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String SEND = "AmazonSQS.SendMessage";
  private static final String GET = "DynamoDB_20120810.GetItem";

  private final String environment;
  private final AtomicInteger lookUps = new AtomicInteger();
  private final AtomicInteger messages = new AtomicInteger();

  /**
   * @param environment of the key
   */
  ScriptedAws(String environment) {
    this.environment = environment;
  }

  int lookUps() {
    return lookUps.get();
  }

  int messages() {
    return messages.get();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        byte[] answer = answer(request).getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
            .response(
                SdkHttpResponse.builder()
                    .statusCode(200)
                    .putHeader("Content-Type", "application/x-amz-json-1.0")
                    .putHeader("Content-Length", Integer.toString(answer.length))
                    .build())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer)))
            .build();
      }

      @Override
      public void abort() {
        // There is nothing to wait for.
      }
    };
  }

  @Override
  public String clientName() {
    return "Scripted";
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private String answer(HttpExecuteRequest request) throws IOException {
    String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
    return switch (target) {
      case GET -> {
        lookUps.incrementAndGet();
        yield key();
      }
      case SEND -> {
        messages.incrementAndGet();
        yield "{\"MessageId\":\"0\",\"MD5OfMessageBody\":\"" + md5(message(request)) + "\"}";
      }
      default -> throw new IOException("No script for " + target);
    };
  }

  private String key() {
    return """
    {"Item":{"id":{"S":"rehearsal"},"name":{"S":"rehearsal"},"prefix":{"S":"om"},\
    "scopes":{"SS":["proxy"]},"created_at":{"S":"1970-01-01T00:00:00Z"},\
    "created_by":{"S":"rehearsal"},"environment":{"S":"\
    """
        + environment
        + "\"}}}";
  }

  private static String message(HttpExecuteRequest request) throws IOException {
    try (InputStream body = request.contentStreamProvider().orElseThrow().newStream();
        JsonParser json = FACTORY.createParser(body)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME
            && json.currentName().equals("MessageBody")) {
          return json.nextTextValue();
        }
      }
    }
    throw new IOException("A message without a body");
  }

  private static String md5(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
