package io.openmonetize.sdk.transport;

import java.io.IOException;

/** Makes HTTP calls. */
@FunctionalInterface
public interface HttpTransport {
  /**
   * Makes one call, without any try of its own besides.
   *
   * @param call the request
   * @return the whole answer, whatever its status
   * @throws IOException when there is no whole answer in time
   * @throws InterruptedException when the thread was interrupted
   */
  HttpReply exchange(HttpCall call) throws IOException, InterruptedException;
}
