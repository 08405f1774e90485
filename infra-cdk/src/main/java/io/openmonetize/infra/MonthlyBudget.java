package io.openmonetize.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.constructs.Construct;

/**
 * Tells when the month's bill reaches, or is forecast to reach, a sum. It counts the whole account:
 * AWS can tell this system's part from the rest only by a cost allocation tag that has to be
 * switched on by hand in the billing console, and a budget over a tag that is not would stay at
 * zero without a word.
 */
final class MonthlyBudget extends Construct {
  private static final int PERCENT = 100;

  /**
   * Does nothing without {@code -c monthlyBudgetUsd=…}, in whole US dollars.
   *
   * @throws IllegalArgumentException when it is no such number, or nobody would be told
   */
  static void addTo(Construct scope, Stage stage, Notifications notifications) {
    Context.number(scope.getNode(), Context.MONTHLY_BUDGET_USD, 1, 10_000_000)
        .ifPresent(dollars -> new MonthlyBudget(scope, "Budget", stage, dollars, notifications));
  }

  private MonthlyBudget(
      Construct scope, String id, Stage stage, int dollars, Notifications notifications) {
    super(scope, id);
    if (notifications.none()) {
      throw new IllegalArgumentException(
          "-c monthlyBudgetUsd= tells nobody without -c alarmEmail= or -c alarmTopicArn=");
    }
    CfnBudget.Builder.create(this, "Budget")
        .budget(
            CfnBudget.BudgetDataProperty.builder()
                .budgetName("openmonetize-" + stage.configName())
                .budgetType("COST")
                .timeUnit("MONTHLY")
                .budgetLimit(CfnBudget.SpendProperty.builder().amount(dollars).unit("USD").build())
                .build())
        .notificationsWithSubscribers(
            Stream.of("ACTUAL", "FORECASTED")
                .map(
                    kind ->
                        CfnBudget.NotificationWithSubscribersProperty.builder()
                            .notification(
                                CfnBudget.NotificationProperty.builder()
                                    .notificationType(kind)
                                    .comparisonOperator("GREATER_THAN")
                                    .threshold(PERCENT)
                                    .thresholdType("PERCENTAGE")
                                    .build())
                            .subscribers(subscribers(notifications))
                            .build())
                .toList())
        .build();
  }

  private static List<CfnBudget.SubscriberProperty> subscribers(Notifications notifications) {
    List<CfnBudget.SubscriberProperty> all = new ArrayList<>();
    notifications.email().ifPresent(address -> all.add(subscriber("EMAIL", address)));
    notifications.topicArn().ifPresent(arn -> all.add(subscriber("SNS", arn)));
    return all;
  }

  private static CfnBudget.SubscriberProperty subscriber(String kind, String address) {
    return CfnBudget.SubscriberProperty.builder().subscriptionType(kind).address(address).build();
  }
}
