package io.openmonetize.runtime;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs a function on Lambda's Runtime API: builds its handler, then hands it invocations. */
public final class LambdaRuntime {
  private final RuntimeEnvironment environment;
  private final RuntimeLog log;

  /**
   * @param errors gets one line of JSON for each failure, without the messages of exceptions other
   *     than this package's
   */
  public LambdaRuntime(RuntimeEnvironment environment, PrintStream errors) {
    this.environment = environment;
    this.log = new RuntimeLog(errors);
  }

  /**
   * Serves until the Runtime API says 410 Gone, which Lambda never does: there the process is
   * frozen and ended in the midst of it.
   *
   * @param workers how many invocations may run at once: {@link
   *     RuntimeEnvironment#maxConcurrency()}, which is 1 on Lambda
   * @throws InitializationException when the handler could not be built; the platform has been told
   * @throws RuntimeApiException when the Runtime API is broken
   */
  public void run(int workers, InvocationHandlerFactory factory)
      throws InitializationException, IOException {
    if (workers < 1) {
      throw new IllegalArgumentException("No workers");
    }
    InvocationHandler handler = initialise(factory);
    try (ResponseTimer timer = new ResponseTimer(Clock.systemUTC())) {
      if (workers == 1) {
        try (Worker worker = new Worker(new RuntimeApi(environment), handler, timer, log, true)) {
          worker.run();
        }
      } else {
        runSeveral(workers, handler, timer);
      }
    }
  }

  private InvocationHandler initialise(InvocationHandlerFactory factory)
      throws InitializationException {
    try {
      if (environment.snapStart()) {
        throw new InitializationException("This runtime takes no part in SnapStart", null);
      }
      return factory.create();
    } catch (Exception | LinkageError e) {
      log.error("", "The function could not be initialised", e);
      throw reported(new InitializationException("The function could not be initialised", e), e);
    }
  }

  private InitializationException reported(InitializationException failure, Throwable cause) {
    try (RuntimeApi api = new RuntimeApi(environment)) {
      api.initError(ErrorReport.of(cause));
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  /**
   * The first worker to fail ends the others, since they all speak to the same broken API.
   *
   * <p>Platform threads: a worker does little but wait for sockets, one after the other. A platform
   * thread's read that waits is one system call; a virtual thread's is four, and two changes of
   * thread.
   */
  private void runSeveral(int count, InvocationHandler handler, ResponseTimer timer)
      throws IOException {
    List<Worker> workers = new ArrayList<>();
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("worker-", 1).factory());
    try {
      ExecutorCompletionService<Void> ends = new ExecutorCompletionService<>(threads);
      for (int i = 0; i < count; i++) {
        Worker worker = new Worker(new RuntimeApi(environment), handler, timer, log, false);
        workers.add(worker);
        ends.submit(
            () -> {
              worker.run();
              return null;
            });
      }
      for (int i = 0; i < count; i++) {
        ends.take().get();
      }
    } catch (ExecutionException e) {
      throw new RuntimeApiException("A worker ended before its time", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeApiException("The runtime was interrupted", e);
    } finally {
      for (Worker worker : workers) {
        worker.close();
      }
      threads.shutdownNow();
    }
  }
}
