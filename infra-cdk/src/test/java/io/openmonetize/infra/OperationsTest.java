package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dashboard and the budget. */
class OperationsTest {
  @ParameterizedTest
  @EnumSource(Stage.class)
  void dashboard_graphs_areOfAllThatMatters(Stage stage) {
    SynthesizedSystem system = SynthesizedSystem.of(stage);
    system.services().resourceCountIs("AWS::CloudWatch::Dashboard", 1);
    Map<String, Object> dashboard = system.properties("Operations/Dashboard");
    assertThat(dashboard).containsEntry("DashboardName", "openmonetize-" + stage.configName());
    assertThat(system.describe(dashboard.get("DashboardBody")))
        .contains(
            "\"title\":\"Calls\"",
            "\"title\":\"Streams' duration, in milliseconds\"",
            "\"title\":\"Errors and throttles\"",
            "\"title\":\"HTTP API\"",
            "\"title\":\"Queue\"",
            "\"title\":\"Age of the oldest message\"",
            "\"title\":\"Unaccounted calls\"",
            "\"title\":\"What the queue did not take, and the proxy's own faults\"",
            "\"title\":\"Worker\"",
            "\"title\":\"Tables' capacity units\"",
            "\"title\":\"Tables' throttles\"")
        .contains(
            "Proxy/Function",
            "Queue/DeadLetters.QueueName",
            "ApproximateAgeOfOldestMessage",
            "EventsBooked",
            "EnqueueFailures",
            "UnaccountedCalls",
            "ConsumedWriteCapacityUnits",
            "Tables/Usage");
  }

  @Test
  void budget_withoutTheOption_isNone() {
    SynthesizedSystem.of(Stage.PRODUCTION).services().resourceCountIs("AWS::Budgets::Budget", 0);
  }

  @Test
  void budget_reachedOrForecast_isToldToBoth() {
    SynthesizedSystem full = SynthesizedSystem.withAllOptions(Stage.PRODUCTION);
    Map<String, Object> budget = full.properties("Budget/Budget");
    assertThat(SynthesizedSystem.object(budget.get("Budget")))
        .containsEntry("BudgetLimit", Map.of("Amount", 200, "Unit", "USD"))
        .containsEntry("TimeUnit", "MONTHLY")
        .containsEntry("BudgetType", "COST");
    assertThat(SynthesizedSystem.list(budget.get("NotificationsWithSubscribers")))
        .map(SynthesizedSystem::object)
        .allSatisfy(
            told ->
                assertThat(told.get("Subscribers"))
                    .isEqualTo(
                        List.of(
                            Map.of("Address", "operator@example.com", "SubscriptionType", "EMAIL"),
                            Map.of(
                                "Address",
                                "arn:aws:sns:eu-west-1:123456789012:pager",
                                "SubscriptionType",
                                "SNS"))))
        .extracting(
            told -> SynthesizedSystem.object(told.get("Notification")).get("NotificationType"))
        .containsExactly("ACTUAL", "FORECASTED");
  }
}
