package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

class CustomerDaysTest {
  private static final Instant FROM = Instant.parse("2026-07-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-07-03T00:00:00Z");

  @Test
  void costs_keysLeftUnread_areAskedForAgain() {
    Busy store = new Busy(2);

    Map<String, List<BigDecimal>> costs =
        new CustomerDays(store, "usage").costs(List.of("acme"), FROM, TO);

    assertThat(costs).containsOnlyKeys("acme");
    assertThat(costs.get("acme")).containsExactly(BigDecimal.ONE, BigDecimal.ONE);
    assertThat(store.asked).containsExactly(2, 2, 2);
  }

  @Test
  void costs_keysNeverRead_isAFailureOfTheStore() {
    assertThatThrownBy(
            () ->
                new CustomerDays(new Busy(Integer.MAX_VALUE), "usage")
                    .costs(List.of("acme"), FROM, TO))
        .isInstanceOf(SdkClientException.class);
  }

  /** Leaves all keys unread some times, and then finds that each cost one. */
  private static final class Busy implements DynamoDbClient {
    private final List<Integer> asked = new ArrayList<>();
    private int times;

    Busy(int times) {
      this.times = times;
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      KeysAndAttributes wanted = request.requestItems().values().iterator().next();
      asked.add(wanted.keys().size());
      if (times-- > 0) {
        return BatchGetItemResponse.builder().unprocessedKeys(request.requestItems()).build();
      }
      List<Map<String, AttributeValue>> items = new ArrayList<>();
      for (Map<String, AttributeValue> key : wanted.keys()) {
        items.add(Map.of("pk", key.get("pk"), "sk", key.get("sk"), "c", AttributeValue.fromN("1")));
      }
      return BatchGetItemResponse.builder().responses(Map.of("usage", items)).build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
