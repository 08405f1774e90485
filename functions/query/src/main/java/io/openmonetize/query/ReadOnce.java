package io.openmonetize.query;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * What takes long to read and few calls need: read at the first of these, and not again. A failure
 * is kept like a result.
 */
final class ReadOnce<T> implements Supplier<T> {
  private final FutureTask<T> reading;

  ReadOnce(Supplier<T> source) {
    this.reading = new FutureTask<>(source::get);
  }

  @Override
  public T get() {
    // Runs once, whoever comes first; the others wait for that.
    reading.run();
    try {
      return reading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("reading failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for what is read", e);
    }
  }
}
