package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every right that a function has, in full: a new one must be written here too. */
class LeastPrivilegeTest {
  private final SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);

  @Test
  void proxy_may_findAKeyAndEnqueue() {
    assertThat(rightsOf("Proxy"))
        .containsExactlyInAnyOrder(
            "Proxy/Logs.Arn: logs:CreateLogStream logs:PutLogEvents",
            "Tables/Control.Arn: dynamodb:GetItem",
            "Queue/Queue.Arn: sqs:SendMessage");
  }

  @Test
  void ingestApi_may_findAKeyAndEnqueue() {
    assertThat(rightsOf("IngestApi"))
        .containsExactlyInAnyOrder(
            "IngestApi/Logs.Arn: logs:CreateLogStream logs:PutLogEvents",
            "Tables/Control.Arn: dynamodb:GetItem",
            "Queue/Queue.Arn: sqs:SendMessage");
  }

  @Test
  void ingestWorker_may_consumeTheQueueAndBook() {
    assertThat(rightsOf("IngestWorker"))
        .containsExactlyInAnyOrder(
            "IngestWorker/Logs.Arn: logs:CreateLogStream logs:PutLogEvents",
            "Tables/Usage.Arn: dynamodb:PutItem dynamodb:UpdateItem",
            "Tables/Usage.Arn/index/customer-feed: dynamodb:Query",
            "Queue/Queue.Arn: sqs:SendMessage",
            "Queue/DeadLetters.Arn: sqs:GetQueueUrl sqs:SendMessage",
            "Queue/Queue.Arn: sqs:ChangeMessageVisibility sqs:DeleteMessage"
                + " sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage");
  }

  @Test
  void repricing_may_findEventsAndCorrectThem() {
    assertThat(rightsOf("Repricing"))
        .containsExactlyInAnyOrder(
            "Repricing/Logs.Arn: logs:CreateLogStream logs:PutLogEvents",
            "Tables/Usage.Arn: dynamodb:GetItem dynamodb:PutItem dynamodb:Query"
                + " dynamodb:UpdateItem",
            "Tables/Usage.Arn/index/customer-feed, Tables/Usage.Arn/index/day-feed:"
                + " dynamodb:Query");
  }

  @Test
  void queryApi_may_readUsageManageKeysAndMindTheQueues() {
    assertThat(rightsOf("QueryApi"))
        .containsExactlyInAnyOrder(
            "QueryApi/Logs.Arn: logs:CreateLogStream logs:PutLogEvents",
            "Tables/Usage.Arn, Tables/Usage.Arn/index/customer-feed,"
                + " Tables/Usage.Arn/index/day-feed:"
                + " dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query",
            "Tables/Control.Arn: dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem"
                + " dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem",
            "Queue/Queue.Arn: sqs:GetQueueAttributes",
            "Queue/DeadLetters.Arn: sqs:GetQueueAttributes sqs:GetQueueUrl",
            "Queue/Queue.Arn: sqs:SendMessage",
            "Queue/DeadLetters.Arn: sqs:ChangeMessageVisibility sqs:DeleteMessage"
                + " sqs:ReceiveMessage");
  }

  @Test
  void operators_may_makeOperatorsAndNothingElse() {
    assertThat(rightsOf("Operators"))
        .containsExactlyInAnyOrder(
            "Operators/Logs.Arn: logs:CreateLogStream logs:PutLogEvents",
            "Tables/Control.Arn: dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem"
                + " dynamodb:Query dynamodb:UpdateItem");
  }

  /** No option gives a function a right more, or brings a role of its own. */
  @Test
  void options_all_changeNoRight() {
    SynthesizedSystem full = SynthesizedSystem.withAllOptions(Stage.PRODUCTION);

    assertThat(full.services().findResources("AWS::IAM::Policy"))
        .isEqualTo(system.services().findResources("AWS::IAM::Policy"));
    assertThat(full.services().findResources("AWS::IAM::Role"))
        .isEqualTo(system.services().findResources("AWS::IAM::Role"));
    assertThat(full.edge().findResources("AWS::IAM::Role")).isEmpty();
  }

  @Test
  void roles_rights_comeFromThesePoliciesOnly() {
    assertThat(system.services().findResources("AWS::IAM::Role").values())
        .hasSize(6)
        .map(role -> SynthesizedSystem.object(role.get("Properties")))
        .allSatisfy(role -> assertThat(role).doesNotContainKeys("ManagedPolicyArns", "Policies"));
    assertThat(system.services().findResources("AWS::IAM::ManagedPolicy")).isEmpty();
    assertThat(system.storage().findResources("AWS::IAM::Role")).isEmpty();
  }

  private List<String> rightsOf(String box) {
    String role = system.describe(system.properties(box + "/Function").get("Role"));
    return system.services().findResources("AWS::IAM::Policy").values().stream()
        .map(policy -> SynthesizedSystem.object(policy.get("Properties")))
        .filter(
            policy ->
                SynthesizedSystem.list(policy.get("Roles")).stream()
                    .anyMatch(attached -> role.equals(system.describe(attached) + ".Arn")))
        .map(policy -> SynthesizedSystem.object(policy.get("PolicyDocument")).get("Statement"))
        .flatMap(statements -> SynthesizedSystem.list(statements).stream())
        .map(SynthesizedSystem::object)
        .map(this::right)
        .toList();
  }

  private String right(Map<String, Object> statement) {
    assertThat(statement).containsOnlyKeys("Effect", "Action", "Resource");
    assertThat(statement).containsEntry("Effect", "Allow");
    return SynthesizedSystem.list(statement.get("Resource")).stream()
            .map(system::describe)
            .collect(Collectors.joining(", "))
        + ": "
        + SynthesizedSystem.list(statement.get("Action")).stream()
            .map(Object::toString)
            .sorted()
            .collect(Collectors.joining(" "));
  }
}
