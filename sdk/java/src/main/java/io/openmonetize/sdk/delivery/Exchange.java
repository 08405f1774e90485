package io.openmonetize.sdk.delivery;

import io.openmonetize.sdk.delivery.Answer.TryLater;
import io.openmonetize.sdk.transport.HttpCall;
import io.openmonetize.sdk.transport.HttpTransport;
import io.openmonetize.sdk.transport.RequestHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** One try to send some events. */
final class Exchange {
  private static final int REPLY_BYTES_AT_MOST = 4 * 1024 * 1024;
  private static final byte[] BEGIN = "{\"events\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

  private final DeliverySettings settings;
  private final HttpTransport transport;
  private final AnswerReader reader;

  Exchange(DeliverySettings settings, HttpTransport transport, Clock clock) {
    this.settings = settings;
    this.transport = transport;
    this.reader = new AnswerReader(clock);
  }

  /** Never throws: whatever goes wrong on the way, memory that ends included, may not next time. */
  Answer send(List<QueuedEvent> events, String apiKey) {
    try {
      HttpCall call =
          new HttpCall(
              "POST",
              settings.endpoint(),
              RequestHeaders.of(apiKey, true),
              body(events),
              settings.timeout(),
              REPLY_BYTES_AT_MOST);
      return reader.read(transport.exchange(call), events.size());
    } catch (IOException e) {
      return new TryLater("could not be reached (" + e.getMessage() + ")", null);
    } catch (InterruptedException | RuntimeException | Error e) {
      return new TryLater("could not be reached (" + e.getClass().getSimpleName() + ")", null);
    }
  }

  private static byte[] body(List<QueuedEvent> events) {
    int bytes = DeliverySettings.FRAME_BYTES;
    for (QueuedEvent event : events) {
      bytes += event.json().length + 1;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream(bytes);
    body.writeBytes(BEGIN);
    for (int i = 0; i < events.size(); i++) {
      if (i > 0) {
        body.write(',');
      }
      body.writeBytes(events.get(i).json());
    }
    body.writeBytes(END);
    return body.toByteArray();
  }
}
