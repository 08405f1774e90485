package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestWorkerTest {
  private final SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);

  private final Map<String, Object> source = theOnlySource(system);

  private static Map<String, Object> theOnlySource(SynthesizedSystem system) {
    Map<String, Map<String, Object>> sources =
        system.services().findResources("AWS::Lambda::EventSourceMapping");
    assertThat(sources).hasSize(1);
    return SynthesizedSystem.object(sources.values().iterator().next().get("Properties"));
  }

  @Test
  void eventSource_joins_queueAndWorker() {
    assertThat(system.describe(source.get("EventSourceArn"))).isEqualTo("Queue/Queue.Arn");
    assertThat(system.describe(source.get("FunctionName"))).isEqualTo("IngestWorker/Function");
  }

  @Test
  void eventSource_failedItems_comeBackAlone() {
    assertThat(source).containsEntry("FunctionResponseTypes", List.of("ReportBatchItemFailures"));
  }

  @Test
  void eventSource_batch_isAHundredMessagesOrOneSecond() {
    assertThat(source)
        .containsEntry("BatchSize", 100)
        .containsEntry("MaximumBatchingWindowInSeconds", 1);
  }

  @Test
  void eventSource_workers_areTenAtMostAndTwoInDev() {
    assertThat(source).containsEntry("ScalingConfig", Map.of("MaximumConcurrency", 10));
    assertThat(theOnlySource(SynthesizedSystem.of(Stage.DEV)))
        .containsEntry("ScalingConfig", Map.of("MaximumConcurrency", 2));
  }
}
