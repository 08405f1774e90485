package io.openmonetize.proxy.relay;

import io.openmonetize.proxy.reply.Reply;
import io.openmonetize.runtime.Prelude;
import io.openmonetize.runtime.Responder;
import io.openmonetize.runtime.ResponseStream;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The caller's end of one call. That the caller has hung up is a fact to ask for, not an exception:
 * the call goes on without it until it is booked.
 */
public final class Caller {
  private final Responder responder;
  private final Instant endBy;
  private final Map<String, String> own;
  private final @Nullable OwnTime time;
  private @Nullable ResponseStream stream;
  private boolean gone;
  private boolean ended;

  /**
   * @param endBy when the answer is given up if the caller has not taken it all
   * @param own headers that every answer gets, in lower case
   * @param time what every answer is to tell of it; null for nothing
   */
  public Caller(
      Responder responder, Instant endBy, Map<String, String> own, @Nullable OwnTime time) {
    this.responder = responder;
    this.endBy = endBy;
    this.own = own;
    this.time = time;
  }

  /** The provider was waited for. */
  public void waited(long nanos) {
    if (time != null) {
      time.waited(nanos);
    }
  }

  /** A whole answer of the proxy's own. */
  public void reply(Reply reply) {
    Map<String, String> headers = new HashMap<>(own());
    headers.putAll(reply.headers());
    open(new Prelude(reply.status(), headers, List.of()));
    end(reply.body(), 0, reply.body().length);
  }

  /** The head of a provider's answer; its body follows. */
  void begin(ResponseHead head) {
    open(ResponseHeaders.prelude(head, own()));
  }

  void write(byte[] buffer, int offset, int length) {
    if (length > 0) {
      send(open -> open.write(buffer, offset, length));
    }
  }

  /** Does nothing after the end. */
  void end() {
    if (!ended) {
      send(ResponseStream::end);
      ended = true;
    }
  }

  /** The last bytes and the end. */
  void end(byte[] buffer, int offset, int length) {
    send(open -> open.end(buffer, offset, length));
    ended = true;
  }

  /** The proxy itself has failed: says so by a status, or, where one was told, by a broken end. */
  public void failed(Reply reply) {
    if (stream != null || gone) {
      fail("Proxy.Failed", "The proxy failed");
    } else {
      reply(reply);
    }
  }

  /** Ends the answer so that nobody takes it for whole. */
  void fail(String type, String message) {
    send(open -> open.fail(type, message));
  }

  boolean gone() {
    return gone;
  }

  private Map<String, String> own() {
    if (time == null) {
      return own;
    }
    Map<String, String> all = new HashMap<>(own);
    all.put(OwnTime.HEADER, time.value());
    return all;
  }

  private void open(Prelude prelude) {
    try {
      stream = responder.stream(prelude, endBy);
    } catch (IOException e) {
      gone = true;
    }
  }

  private void send(Sending sending) {
    if (gone || stream == null) {
      return;
    }
    try {
      sending.to(stream);
    } catch (IOException e) {
      gone = true;
    }
  }

  @FunctionalInterface
  private interface Sending {
    void to(ResponseStream stream) throws IOException;
  }
}
