package io.openmonetize.runtime;

import java.io.IOException;

/** The body of a streamed response. Not for use by more than one thread at a time. */
public interface ResponseStream {
  /**
   * Sends these bytes on now, as one chunk and one socket write. Nothing is sent for a length of 0.
   *
   * @throws IOException when the platform no longer takes bytes
   */
  void write(byte[] buffer, int offset, int length) throws IOException;

  /**
   * Ends the body well. The caller has its last byte when this returns. Repeated calls do nothing.
   */
  void end() throws IOException;

  /**
   * Sends these bytes and ends the body well, in one chunk and one socket write: for a handler that
   * knows that they are the last.
   *
   * @throws IOException when the platform no longer takes bytes
   */
  default void end(byte[] buffer, int offset, int length) throws IOException {
    write(buffer, offset, length);
    end();
  }

  /**
   * Ends the body as broken, with the error trailers of the Runtime API, so that the caller does
   * not take it for whole.
   *
   * @param errorType such as {@code Upstream.Interrupted}
   */
  void fail(String errorType, String message) throws IOException;
}
