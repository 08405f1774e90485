package io.openmonetize.sdk;

/** Standard output belongs to the application. */
enum StandardErrorLogger implements OpenMonetizeLogger {
  INSTANCE;

  @Override
  public void debug(String message) {
    print(message);
  }

  @Override
  public void info(String message) {
    print(message);
  }

  @Override
  public void warn(String message) {
    print(message);
  }

  @Override
  public void error(String message) {
    print(message);
  }

  private static void print(String message) {
    System.err.println("[OpenMonetize] " + message);
  }
}
