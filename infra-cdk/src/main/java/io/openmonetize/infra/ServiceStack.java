package io.openmonetize.infra;

import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CrossStackReferences;
import software.amazon.awscdk.ReferenceStrength;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** What holds no data: the functions and their front doors. */
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
        new StreamingProxy(
            this, "Proxy", stage, artefacts.proxy(), artefacts.proxyArchitecture(), tables, queue);
    IngestApi ingestApi =
        new IngestApi(this, "IngestApi", stage, artefacts.ingestApi(), tables, queue);
    new IngestWorker(this, "IngestWorker", stage, artefacts.ingestWorker(), tables, queue);
    new Repricing(this, "Repricing", stage, artefacts.ingestWorker(), tables);
    QueryApi queryApi =
        new QueryApi(this, "QueryApi", stage, artefacts.query(), tables, queue, proxy);
    UsageHttpApi http = new UsageHttpApi(this, "HttpApi", stage, ingestApi, queryApi);

    output("ProxyUrl", proxy.url(), "Base URL for the provider SDKs");
    output("DashboardUrl", http.url(), "The dashboard, its API and the ingestion of events");
  }

  private void output(String id, String value, String description) {
    CfnOutput.Builder.create(this, id).value(value).description(description).build();
  }
}
