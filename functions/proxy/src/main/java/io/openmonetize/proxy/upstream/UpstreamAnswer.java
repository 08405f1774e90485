package io.openmonetize.proxy.upstream;

import io.openmonetize.runtime.http1.ResponseHead;

/** An answer on its way. For one thread; must be closed. */
public interface UpstreamAnswer extends AutoCloseable {
  ResponseHead head();

  /**
   * What has come of the body, as soon as there is a byte.
   *
   * @return how many bytes, at least 1; -1 at the end of a whole body
   * @throws UpstreamException when the body broke off, or its time was up
   */
  int read(byte[] buffer) throws UpstreamException;

  /**
   * Whether the bytes read last are known to be the body's last, without waiting for more: they can
   * then be sent on together with the end. False says nothing.
   */
  default boolean endKnown() {
    return false;
  }

  /** Keeps the connection where the answer was read to its end, and drops it otherwise. */
  @Override
  void close();
}
