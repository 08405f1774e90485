package io.openmonetize.sdk;

/** The settings of a client. */
public final class OpenMonetizeBuilder {
  OpenMonetizeLogger logger = OpenMonetizeLogger.standardError();

  OpenMonetizeBuilder() {}

  /**
   * Sets where the client logs to.
   *
   * @param logger standard error by default
   * @return this
   */
  public OpenMonetizeBuilder logger(OpenMonetizeLogger logger) {
    this.logger = logger;
    return this;
  }

  /**
   * Makes the client and starts its thread.
   *
   * @return the client
   */
  public OpenMonetize build() {
    return new OpenMonetize(this);
  }
}
