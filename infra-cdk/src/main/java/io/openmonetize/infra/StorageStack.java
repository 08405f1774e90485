package io.openmonetize.infra;

import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** What holds data: the tables and the queue. */
public final class StorageStack extends Stack {
  private final UsageTables tables;
  private final UsageQueue queue;

  StorageStack(Construct scope, String id, Stage stage) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("OpenMonetize " + stage.configName() + ": tables and queue")
            .terminationProtection(stage.guardsData())
            .build());
    tables = new UsageTables(this, "Tables", stage);
    queue = new UsageQueue(this, "Queue", stage, IngestWorker.visibilityTimeout());
  }

  UsageTables tables() {
    return tables;
  }

  UsageQueue queue() {
    return queue;
  }
}
