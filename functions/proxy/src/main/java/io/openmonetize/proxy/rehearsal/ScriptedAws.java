package io.openmonetize.proxy.rehearsal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.openmonetize.runtime.http1.RequestHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/** In the place of AWS: a key table with one key, and a queue. */
final class ScriptedAws {
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

  String answer(RequestHead head, byte[] body) throws IOException {
    String target = head.headers().first("X-Amz-Target").orElse("");
    return switch (target) {
      case GET -> {
        lookUps.incrementAndGet();
        yield key();
      }
      case SEND -> {
        messages.incrementAndGet();
        yield "{\"MessageId\":\"0\",\"MD5OfMessageBody\":\"" + md5(message(body)) + "\"}";
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

  private static String message(byte[] request) throws IOException {
    try (JsonParser json = FACTORY.createParser(request)) {
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
