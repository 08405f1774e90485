package io.openmonetize.config;

/**
 * A setting is absent or wrong. The message names the variable; never its value, which may be a
 * key.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }
}
