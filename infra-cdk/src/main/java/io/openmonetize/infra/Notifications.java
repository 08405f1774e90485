package io.openmonetize.infra;

import java.util.Optional;
import software.constructs.Node;

/**
 * Who is told when an alarm goes off.
 *
 * @param email gets a topic of its own, and must confirm it once by a link that AWS sends there
 * @param topicArn of a topic that the operator has already, which must let CloudWatch publish
 */
record Notifications(Optional<String> email, Optional<String> topicArn) {
  /**
   * Reads {@code -c alarmEmail=…} and {@code -c alarmTopicArn=…}: none, one or both.
   *
   * @throws IllegalArgumentException when one is no address, or no topic
   */
  static Notifications of(Node node) {
    return new Notifications(
        Context.text(node, Context.ALARM_EMAIL, "[^@\\s]+@[^@\\s]+", "one e-mail address"),
        Context.text(
            node,
            Context.ALARM_TOPIC_ARN,
            "arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+",
            "the ARN of an SNS topic that is not FIFO"));
  }

  boolean none() {
    return email.isEmpty() && topicArn.isEmpty();
  }
}
