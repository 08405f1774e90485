package io.openmonetize.sdk;

/**
 * Leaves debug lines out unless they are wanted, and lets no fault of a logger through, whatever it
 * is.
 */
final class GuardedLogger implements OpenMonetizeLogger {
  private final OpenMonetizeLogger inner;
  private final boolean debug;

  GuardedLogger(OpenMonetizeLogger inner, boolean debug) {
    this.inner = inner;
    this.debug = debug;
  }

  @Override
  public void debug(String message) {
    if (debug) {
      guarded(() -> inner.debug(message));
    }
  }

  @Override
  public void info(String message) {
    guarded(() -> inner.info(message));
  }

  @Override
  public void warn(String message) {
    guarded(() -> inner.warn(message));
  }

  @Override
  public void error(String message) {
    guarded(() -> inner.error(message));
  }

  private static void guarded(Runnable line) {
    try {
      line.run();
    } catch (Throwable e) {
      System.err.println("[OpenMonetize] The logger failed: " + e.getClass().getName());
    }
  }
}
