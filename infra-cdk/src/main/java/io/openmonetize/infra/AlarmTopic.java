package io.openmonetize.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * Where alarms go: to a topic of our own with the operator's address, to one they have, or both.
 */
final class AlarmTopic extends Construct {
  private final List<IAlarmAction> actions = new ArrayList<>();

  AlarmTopic(Construct scope, String id, Stage stage, Notifications notifications) {
    super(scope, id);
    notifications.email().ifPresent(address -> actions.add(new SnsAction(own(stage, address))));
    notifications
        .topicArn()
        .ifPresent(arn -> actions.add(new SnsAction(Topic.fromTopicArn(this, "Given", arn))));
  }

  private Topic own(Stage stage, String address) {
    Topic topic =
        Topic.Builder.create(this, "Topic")
            .displayName("OpenMonetize " + stage.configName())
            .enforceSsl(true)
            .build();
    // A policy of ours, as the one for TLS is, takes the place of SNS's own, by which an account's
    // alarms may publish.
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("AlarmsOfThisAccount")
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
            .build());
    topic.addSubscription(new EmailSubscription(address));
    return topic;
  }

  /** Empty when nobody is to be told. */
  List<IAlarmAction> actions() {
    return List.copyOf(actions);
  }
}
