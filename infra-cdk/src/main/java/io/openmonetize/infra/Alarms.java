package io.openmonetize.infra;

import java.util.List;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/**
 * What somebody should look at. Each alarm says what to do and names its section of {@code
 * docs/operating.md}, whose title is the alarm's own name.
 */
final class Alarms extends Construct {
  /**
   * Beyond the 15 minutes for which SQS can delay an intent, so that waiting intents never look
   * like a worker that is stuck.
   */
  private static final int QUEUE_AGE_SECONDS = 30 * 60;

  private static final int TIMEOUT_PERCENT = 90;
  private static final int CONCURRENCY_PERCENT = 80;
  private static final int HTTP_FAILURES = 5;

  private final Stage stage;
  private final List<IAlarmAction> actions;

  Alarms(Construct scope, String id, Stage stage, Metrics metrics, List<IAlarmAction> actions) {
    super(scope, id);
    this.stage = stage;
    this.actions = actions;
    pipeline(metrics);
    functions(metrics);
    alarm(
        "table-throttles",
        metrics.tableThrottles(),
        1,
        3,
        "DynamoDB has put requests off for a quarter of an hour. Nothing is lost, bookings are"
            + " late: look which table or index, and whether one customer is much busier than the"
            + " others.");
    alarm(
        "http-api-failures",
        metrics.httpApiFailures(),
        HTTP_FAILURES,
        1,
        "Ingestion or query answered with 5xx. SDKs send their events again: look into the logs of"
            + " both functions for request.failed, store_failed and call_failed.");
    alarm(
        "repricing-failures",
        metrics.repricingFailures(),
        1,
        1,
        "The daily repricing failed, or could not correct events. It goes on the next day: look"
            + " into its log for the cause; events without a price stay unpriced until then.");
  }

  private void pipeline(Metrics metrics) {
    alarm(
        "dead-letters",
        metrics.deadLetters(),
        1,
        1,
        "Messages could not be booked. Look at their causes on the dashboard's pipeline page, mend"
            + " them, redrive; SQS keeps a message for 14 days.");
    alarm(
        "queue-age",
        metrics.queueAge(),
        QUEUE_AGE_SECONDS,
        1,
        "The oldest message is over half an hour old: events are late. Look whether the worker"
            + " runs, fails or is throttled, and whether DynamoDB puts it off.");
    alarm(
        "unaccounted-calls",
        metrics.logs().unaccountedCalls(),
        1,
        1,
        "Calls began and never told what they used: the proxy was stopped in their midst. Look into"
            + " its log around the calls' ids, and replay the log if it has their usage.");
    alarm(
        "enqueue-failures",
        metrics.logs().enqueueFailures(),
        1,
        1,
        "The queue did not take events or intents. The proxy's are in its log: replay it once SQS"
            + " answers again. Reporters were told to send theirs again.");
  }

  private void functions(Metrics metrics) {
    alarm(
        "proxy-faults",
        metrics.logs().proxyFaults(),
        1,
        1,
        "The proxy failed at a call, or at reading what one used. Look into its log for"
            + " proxy.failed and meter.failed, and check the provider's bill for the time.");
    alarm(
        "function-errors",
        metrics.errors(),
        1,
        1,
        "A function ended with an error or was killed. See on the CloudWatch dashboard which, then"
            + " look into its log.");
    alarm(
        "function-throttles",
        metrics.throttles(),
        1,
        1,
        "Lambda refused to start a function: the account's concurrency or the proxy's cap is used"
            + " up. Raise the quota or proxyReservedConcurrency, or find who calls so much.");
    alarm(
        "near-timeout",
        metrics.longestOfTimeout(),
        TIMEOUT_PERCENT,
        1,
        "A call took 90 % of its function's time or more. See on the CloudWatch dashboard which; a"
            + " stream that the proxy's timeout ends is booked as interrupted.");
    metrics
        .proxy()
        .reservedConcurrency()
        .ifPresent(
            cap ->
                alarm(
                    "proxy-concurrency",
                    metrics
                        .proxy()
                        .function()
                        .metric(
                            "ConcurrentExecutions", Metrics.options("Maximum", "calls at once")),
                    Math.max(1, cap * CONCURRENCY_PERCENT / 100),
                    1,
                    "The proxy is at 80 % of proxyReservedConcurrency. Beyond it calls get a 429:"
                        + " raise the cap, or find who calls so much."));
  }

  private void alarm(String name, IMetric metric, int threshold, int periods, String advice) {
    Alarm alarm =
        Alarm.Builder.create(this, name)
            .alarmName("openmonetize-" + stage.configName() + "-" + name)
            .alarmDescription(advice + " See docs/operating.md#" + name)
            .metric(metric)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .threshold(threshold)
            .evaluationPeriods(periods)
            // Nothing happened, so nothing was counted.
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    actions.forEach(alarm::addAlarmAction);
  }
}
