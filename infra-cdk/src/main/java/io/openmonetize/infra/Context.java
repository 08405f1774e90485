package io.openmonetize.infra;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.constructs.Node;

/**
 * What {@code -c name=value} says. Whatever is not known is refused: a misspelt option would
 * otherwise deploy without a word, and without what was asked for.
 */
final class Context {
  static final String STAGE = "stage";
  static final String EVENT_RETENTION_DAYS = "eventRetentionDays";
  static final String PRICE_OVERRIDES = "priceOverrides";
  static final String PROXY_RESERVED_CONCURRENCY = "proxyReservedConcurrency";
  static final String ALARM_EMAIL = "alarmEmail";
  static final String ALARM_TOPIC_ARN = "alarmTopicArn";
  static final String MONTHLY_BUDGET_USD = "monthlyBudgetUsd";
  static final String DOMAIN_NAME = "domainName";
  static final String CERTIFICATE_ARN = "certificateArn";
  static final String HOSTED_ZONE_ID = "hostedZoneId";
  static final String CLOUD_FRONT = "cloudFront";
  static final String CLOUD_FRONT_READ_TIMEOUT = "cloudFrontReadTimeoutSeconds";
  static final String PROXY_CERTIFICATE_ARN = "proxyCertificateArn";

  private static final Set<String> KNOWN =
      Set.of(
          STAGE,
          EVENT_RETENTION_DAYS,
          PRICE_OVERRIDES,
          PROXY_RESERVED_CONCURRENCY,
          ALARM_EMAIL,
          ALARM_TOPIC_ARN,
          MONTHLY_BUDGET_USD,
          DOMAIN_NAME,
          CERTIFICATE_ARN,
          HOSTED_ZONE_ID,
          CLOUD_FRONT,
          CLOUD_FRONT_READ_TIMEOUT,
          PROXY_CERTIFICATE_ARN);

  private Context() {}

  /**
   * CDK's own keys, such as {@code aws:cdk:…} and {@code @aws-cdk/…}, all have a colon or a slash.
   *
   * @throws IllegalArgumentException when a name is none of ours and none of CDK's
   */
  static void refuseUnknown(Node node) {
    Set<String> unknown = new TreeSet<>();
    if (node.getAllContext() instanceof Map<?, ?> all) {
      for (Object key : all.keySet()) {
        String name = key.toString();
        if (!KNOWN.contains(name) && !name.contains(":") && !name.contains("/")) {
          unknown.add(name);
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "-c knows no "
              + String.join(", ", unknown)
              + "; it knows "
              + String.join(", ", new TreeSet<>(KNOWN)));
    }
  }

  static Optional<String> text(Node node, String name) {
    return Optional.ofNullable(node.tryGetContext(name)).map(Object::toString);
  }

  /**
   * @param form a regular expression for the whole value
   * @param expected the form in words
   * @throws IllegalArgumentException when the value is of another form
   */
  static Optional<String> text(Node node, String name, String form, String expected) {
    Optional<String> value = text(node, name);
    if (value.isPresent() && !value.get().matches(form)) {
      throw refused(name, expected, value.get());
    }
    return value;
  }

  /**
   * @throws IllegalArgumentException when the value is no whole number within the range
   */
  static Optional<Integer> number(Node node, String name, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    Optional<Integer> value = text(node, name, "[1-9][0-9]{0,8}", expected).map(Integer::valueOf);
    if (value.isPresent() && (value.get() < least || value.get() > most)) {
      throw refused(name, expected, value.get().toString());
    }
    return value;
  }

  /**
   * @throws IllegalArgumentException when the value is neither {@code true} nor {@code false}
   */
  static boolean flag(Node node, String name) {
    return text(node, name, "true|false", "true or false").map(Boolean::valueOf).orElse(false);
  }

  static IllegalArgumentException refused(String name, String expected, String value) {
    return new IllegalArgumentException("-c " + name + "= must be " + expected + ", not " + value);
  }
}
