package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.pricing.Cost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Compares what is sent with what the SDK's own writer sends. */
class TransactionBodiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void write_everyKindOfChange_saysWhatTheSdkWouldSay() throws IOException {
    List<TransactWriteItem> actions = new ArrayList<>();
    RandomEvents random =
        new RandomEvents(7, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(9));
    for (int i = 0; i < 200; i++) {
      LedgerChange change = new LedgerChange("usage", UsageLayout.DEFAULT, i % 4);
      change.put(random.next());
      actions.addAll(change.actions());
    }
    actions.addAll(otherChanges(random.next(), random.next()));

    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder().transactItems(actions).build();

    JsonNode ours = sent(request, new TransactionBodies());
    JsonNode sdks = sent(request, new ExecutionInterceptor() {});
    assertThat(ours.get("TransactItems")).isEqualTo(sdks.get("TransactItems"));
    assertThat(ours.size()).isOne();
  }

  @Test
  void write_whatTheLedgerDoesNotMake_isLeftToTheSdk() throws IOException {
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder()
            .transactItems(
                TransactWriteItem.builder()
                    .delete(d -> d.tableName("usage").key(Map.of("pk", AttributeValue.fromS("a"))))
                    .build())
            .clientRequestToken("token")
            .build();

    assertThat(sent(request, new TransactionBodies()))
        .isEqualTo(sent(request, new ExecutionInterceptor() {}));
  }

  /** A replacement, a mark, a late change and odd characters. */
  private static List<TransactWriteItem> otherChanges(StoredEvent stored, StoredEvent late) {
    List<TransactWriteItem> actions = new ArrayList<>();
    LedgerChange change = new LedgerChange("usage", UsageLayout.DEFAULT, 1);
    Map<String, AttributeValue> item = EventItem.write(stored, UsageLayout.DEFAULT, 1);
    LedgerEntry.Event there = (LedgerEntry.Event) LedgerEntry.of(item);
    change.correct(
        there,
        new Cost.Priced(new BigDecimal("12.5"), "other"),
        Instant.parse("2030-01-01T00:00:00Z"));
    change.mark(LedgerEntry.keyOfCall("a \"b\" \\ \u0001 é 漢 😀 \ud800", "id"), Instant.EPOCH);
    change.put(new StoredEvent(late.event(), late.cost(), Instant.parse("2030-01-01T00:00:00Z")));
    actions.addAll(change.actions());
    return actions;
  }

  private static JsonNode sent(TransactWriteItemsRequest request, ExecutionInterceptor interceptor)
      throws IOException {
    Kept http = new Kept();
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClient(http)
            .overrideConfiguration(o -> o.addExecutionInterceptor(interceptor))
            .build()) {
      client.transactWriteItems(request);
    }
    assertThat(http.length).isEqualTo(http.body.length);
    return JSON.readTree(http.body);
  }

  /** Keeps what it is given to send. */
  private static final class Kept implements SdkHttpClient {
    private byte[] body = {};
    private long length;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      try (InputStream in = request.contentStreamProvider().orElseThrow().newStream()) {
        body = in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      length =
          Long.parseLong(request.httpRequest().firstMatchingHeader("Content-Length").orElseThrow());
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .responseBody(
                  AbortableInputStream.create(
                      new ByteArrayInputStream("{}".getBytes(StandardCharsets.US_ASCII))))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
