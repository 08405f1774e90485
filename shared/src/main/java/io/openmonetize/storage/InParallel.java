package io.openmonetize.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Several reads at the same time, but not all of many. */
final class InParallel {
  private static final int AT_ONCE = 16;

  private InParallel() {}

  /** The answers in the order of the calls; the exception of one that failed. */
  static <T> List<T> call(List<Callable<T>> calls) {
    Semaphore places = new Semaphore(AT_ONCE);
    List<Future<T>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Callable<T> call : calls) {
        answers.add(
            threads.submit(
                () -> {
                  places.acquire();
                  try {
                    return call.call();
                  } finally {
                    places.release();
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> answer : answers) {
        results.add(result(answer));
      }
      return results;
    }
  }

  private static <T> T result(Future<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a read failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading", e);
    }
  }
}
