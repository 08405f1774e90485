package io.openmonetize.local.host;

import io.openmonetize.runtime.http1.BodyInput;
import java.io.IOException;

/** Takes the response to one invocation, on the thread that reads it from the function. */
interface ResponseReceiver {
  /** A whole response. */
  void buffered(byte[] payload);

  /**
   * A streamed response, whose prelude is still in the body where its content type says so.
   *
   * @param cancel breaks the connection to the function, from any thread
   * @throws IOException when the function's side broke
   */
  void streamed(boolean withPrelude, BodyInput body, Runnable cancel) throws IOException;
}
