package io.openmonetize.infra;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CrossStackReferences;
import software.amazon.awscdk.ReferenceStrength;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** What holds no data: the functions, their front doors, and those who watch them. */
public final class ServiceStack extends Stack {
  ServiceStack(Construct scope, String id, Stage stage, Artefacts artefacts, StorageStack storage) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("OpenMonetize " + stage.configName() + ": functions and their URLs")
            .build());
    // Tables and queue cannot be deleted or replaced under running functions.
    CrossStackReferences.of(this).consume(ReferenceStrength.STRONG);
    UsageTables tables = storage.tables();
    UsageQueue queue = storage.queue();
    StreamingProxy proxy =
        new StreamingProxy(this, "Proxy", stage, artefacts.proxy(), tables, queue);
    String proxyUrl =
        ProxyDistribution.before(this, stage, proxy.url())
            .map(ProxyDistribution::url)
            .orElseGet(proxy.url()::getUrl);
    IngestApi ingestApi =
        new IngestApi(this, "IngestApi", stage, artefacts.ingestApi(), tables, queue);
    IngestWorker worker =
        new IngestWorker(this, "IngestWorker", stage, artefacts.ingestWorker(), tables, queue);
    Repricing repricing = new Repricing(this, "Repricing", stage, artefacts.ingestWorker(), tables);
    QueryApi queryApi =
        new QueryApi(this, "QueryApi", stage, artefacts.query(), tables, queue, proxyUrl);
    Operators operators = new Operators(this, "Operators", stage, artefacts.query(), tables);
    UsageHttpApi http = new UsageHttpApi(this, "HttpApi", stage, ingestApi, queryApi);
    LogMetrics logs =
        new LogMetrics(
            this,
            "LogMetrics",
            stage,
            proxy.function(),
            ingestApi.function(),
            worker.function(),
            repricing.function());
    watch(
        stage,
        new Metrics(
            proxy, ingestApi, worker, repricing, queryApi, operators, http, tables, queue, logs));

    output("ProxyUrl", proxyUrl, "Base URL for the provider SDKs");
    output("DashboardUrl", http.url(), "The dashboard, its API and the ingestion of events");
    output(
        "LedgerSettings",
        "OM_CONTROL_TABLE=%s OM_USAGE_TABLE=%s OM_USAGE_QUEUE_URL=%s AWS_REGION=%s"
            .formatted(tables.controlName(), tables.usageName(), queue.url(), getRegion()),
        "Environment for the ledger's commands of ./om");
    output(
        "ProxyLogGroup",
        proxy.function().getLogGroup().getLogGroupName(),
        "Where each call's start and usage are written, for a replay");
    output(
        "WorkerEventSource",
        worker.eventSourceId(),
        "The UUID by which the worker is stopped and started");
    output("MakeOperator", operators.command(), "Makes the first operator; run it in a shell");
  }

  private void watch(Stage stage, Metrics metrics) {
    Notifications notifications = Notifications.of(getNode());
    new Alarms(
        this,
        "Alarms",
        stage,
        metrics,
        new AlarmTopic(this, "AlarmTopic", stage, notifications).actions());
    new OperationsDashboard(this, "Operations", stage, metrics);
    MonthlyBudget.addTo(this, stage, notifications);
  }

  private void output(String id, String value, String description) {
    CfnOutput.Builder.create(this, id).value(value).description(description).build();
  }
}
