package io.openmonetize.sdk;

/**
 * Where the client says what it has to say. It never hands over bodies, keys or text of prompts and
 * answers. Called from the client's thread and from tracking ones; must not block.
 */
public interface OpenMonetizeLogger {
  /**
   * Only with debug set.
   *
   * @param message one line
   */
  void debug(String message);

  /**
   * What one may want to know.
   *
   * @param message one line
   */
  void info(String message);

  /**
   * What is lost or waits.
   *
   * @param message one line
   */
  void warn(String message);

  /**
   * What needs someone to act.
   *
   * @param message one line
   */
  void error(String message);

  /**
   * Writes lines that begin {@code [OpenMonetize]} to standard error.
   *
   * @return the logger
   */
  static OpenMonetizeLogger standardError() {
    return StandardErrorLogger.INSTANCE;
  }
}
