package io.openmonetize.http;

import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.IOException;
import java.time.Duration;

/**
 * One connection to an origin, for one exchange after the other: {@link #send}, {@link #awaitByte},
 * {@link #responseHead}, {@link #read} to the end. For one thread, save for {@link #drop}, which
 * any thread may call at any time and which ends whatever waits.
 */
public interface ClientConnection {
  Origin origin();

  /**
   * Sends a request, or as much of it as the peer takes. That not all of it could be sent is no
   * failure here: a server that refuses a body may answer and close before it has taken all of it.
   *
   * @throws IllegalArgumentException for a head that HTTP does not allow, before anything is sent
   */
  void send(RequestHead head, byte[] body);

  /**
   * Waits for the first byte of the answer.
   *
   * @throws IOException when the connection ended without one
   */
  void awaitByte() throws IOException;

  /** The head of the answer, past the interim ones (1xx), which say nothing to the caller. */
  ResponseHead responseHead() throws IOException;

  /**
   * What has come of the body, as soon as there is a byte; never of two chunks at once.
   *
   * @return how many bytes, at least 1; -1 at the end of a whole body
   * @throws IOException when the body broke off
   */
  int read(byte[] target, int offset, int length) throws IOException;

  /**
   * How long ago the last byte of the request was handed to the network; zero where that has not
   * happened.
   */
  Duration sinceSent();

  /** Whether request and answer are complete, and the peer will take another request. */
  boolean isReusable();

  /**
   * Whether nothing has come that nobody asked for. Such bytes would be read as the answer to the
   * next request, and be another customer's; over TLS they may also be the peer's goodbye.
   */
  boolean isQuiet();

  /** Closes without a word to the peer, which may not be listening. */
  void drop();
}
