package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageQueueTest {
  private static final int FOURTEEN_DAYS = 14 * 24 * 60 * 60;

  private final SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);

  @Test
  void queue_failures_leadToTheDeadLettersInTheEnd() {
    Map<String, Object> redrive =
        SynthesizedSystem.object(system.properties("Queue/Queue").get("RedrivePolicy"));
    assertThat(redrive).containsEntry("maxReceiveCount", 1000);
    assertThat(system.describe(system.storage(), redrive.get("deadLetterTargetArn")))
        .isEqualTo("Queue/DeadLetters.Arn");
  }

  @Test
  void queue_visibilityTimeout_isSixTimesTheWorkersAndTheWindow() {
    int worker = (int) system.properties("IngestWorker/Function").get("Timeout");
    assertThat(system.properties("Queue/Queue")).containsEntry("VisibilityTimeout", 6 * worker + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Queue/Queue", "Queue/DeadLetters"})
  void eachQueue_messages_areEncryptedAndKeptForFourteenDays(String queue) {
    assertThat(system.properties(queue))
        .containsEntry("SqsManagedSseEnabled", true)
        .containsEntry("MessageRetentionPeriod", FOURTEEN_DAYS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Queue/Queue", "Queue/DeadLetters"})
  void eachQueue_callWithoutTls_isDenied(String queue) {
    Map<String, Object> policy =
        SynthesizedSystem.object(system.properties(queue + "/Policy").get("PolicyDocument"));
    assertThat(SynthesizedSystem.list(policy.get("Statement")))
        .map(SynthesizedSystem::object)
        .satisfiesExactly(
            statement -> {
              assertThat(statement)
                  .containsEntry("Effect", "Deny")
                  .containsEntry("Action", "sqs:*")
                  .containsEntry("Principal", Map.of("AWS", "*"))
                  .containsEntry(
                      "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false")));
              assertThat(system.describe(system.storage(), statement.get("Resource")))
                  .isEqualTo(queue + ".Arn");
            });
  }

  @Test
  void stack_queues_areJustTheTwo() {
    system.storage().resourceCountIs("AWS::SQS::Queue", 2);
    assertThat(List.of("Queue/Queue", "Queue/DeadLetters"))
        .allSatisfy(queue -> assertThat(system.properties(queue)).doesNotContainKey("FifoQueue"));
  }
}
