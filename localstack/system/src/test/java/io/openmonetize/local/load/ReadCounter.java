package io.openmonetize.local.load;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Counts the items that a client's requests read, whether or not they were given back. */
public final class ReadCounter implements ExecutionInterceptor {
  private final AtomicInteger items = new AtomicInteger();

  public DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(o -> o.addExecutionInterceptor(this))
        .build();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    items.addAndGet(
        switch (context.response()) {
          case QueryResponse query -> query.scannedCount();
          case ScanResponse scan -> scan.scannedCount();
          case GetItemResponse _ -> 1;
          case BatchGetItemResponse batch ->
              batch.responses().values().stream().mapToInt(found -> found.size()).sum();
          default -> 0;
        });
  }

  /** Since it was last asked. */
  public int take() {
    return items.getAndSet(0);
  }
}
