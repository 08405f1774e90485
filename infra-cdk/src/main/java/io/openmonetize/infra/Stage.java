package io.openmonetize.infra;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Node;

/** Which of an operator's deployments this is, and how dear its data are. */
public enum Stage {
  DEV("dev"),
  PRODUCTION("production");

  private final String configName;

  Stage(String configName) {
    this.configName = configName;
  }

  /** The word for it on the CDK command line and in the functions' {@code OM_STAGE}. */
  public String configName() {
    return configName;
  }

  /**
   * Reads {@code -c stage=…}; {@code dev} when it is absent.
   *
   * @throws IllegalArgumentException when it is an unknown word
   */
  public static Stage of(Node node) {
    Object name = node.tryGetContext(Context.STAGE);
    if (name == null) {
      return DEV;
    }
    for (Stage stage : values()) {
      if (stage.configName.equals(name)) {
        return stage;
      }
    }
    throw new IllegalArgumentException("-c stage= must be dev or production, not " + name);
  }

  /** Whether data are guarded against a slip: point-in-time recovery, no deletion. */
  boolean guardsData() {
    return this == PRODUCTION;
  }

  RemovalPolicy removalPolicy() {
    return switch (this) {
      case DEV -> RemovalPolicy.DESTROY;
      case PRODUCTION -> RemovalPolicy.RETAIN;
    };
  }

  /**
   * How many workers may book at once, at least the two that Lambda asks for: each one more writes
   * to the same sums at the same time.
   */
  int workersAtMost() {
    return switch (this) {
      case DEV -> 2;
      case PRODUCTION -> 10;
    };
  }

  /**
   * Settlements are also log lines, the last copy if the queue was down: production keeps them long
   * enough to notice and replay.
   */
  RetentionDays logRetention() {
    return switch (this) {
      case DEV -> RetentionDays.ONE_WEEK;
      case PRODUCTION -> RetentionDays.THREE_MONTHS;
    };
  }
}
