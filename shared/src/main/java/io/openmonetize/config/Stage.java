package io.openmonetize.config;

/**
 * Which of an operator's deployments this is. Each stage has keys of its own prefix, so that a key
 * of one is refused by the other without a look-up.
 */
public enum Stage {
  DEV("dev", "dev"),
  PRODUCTION("production", "live");

  private final String configName;
  private final String environment;

  Stage(String configName, String environment) {
    this.configName = configName;
    this.environment = environment;
  }

  /** The word of an event and in a key: {@code dev} or {@code live}. */
  public String environment() {
    return environment;
  }

  /**
   * Reads {@code OM_STAGE}.
   *
   * @throws ConfigurationException when it is set to an unknown word
   */
  public static Stage of(Environment environment) {
    String name = environment.get("OM_STAGE", DEV.configName);
    for (Stage stage : values()) {
      if (stage.configName.equals(name)) {
        return stage;
      }
    }
    throw new ConfigurationException("OM_STAGE must be dev or production");
  }
}
