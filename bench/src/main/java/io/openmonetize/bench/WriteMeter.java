package io.openmonetize.bench;

import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.storage.Tables;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * A client that keeps what its transactions consumed. The server tells it by table and index, not
 * by item; so afterwards the actions of each kind are carried out once more, in tables of their own
 * that were empty before.
 */
final class WriteMeter implements AutoCloseable {
  private final DynamoDbClient plain;
  private final DynamoDbClient metered;
  private final List<TransactWriteItemsRequest> requests = new CopyOnWriteArrayList<>();
  private final List<ConsumedCapacity> consumed = new CopyOnWriteArrayList<>();

  private WriteMeter(DynamoDbServer server) {
    this.plain = server.client();
    this.metered = metered(server);
  }

  static WriteMeter start(DynamoDbServer server, Tables tables) {
    WriteMeter meter = new WriteMeter(server);
    tables.create(meter.plain);
    return meter;
  }

  /** Write units by what they were for. */
  record Units(
      BigDecimal events,
      BigDecimal feeds,
      BigDecimal sums,
      BigDecimal marks,
      BigDecimal together) {}

  DynamoDbClient client() {
    return metered;
  }

  /** One whose use counts for nothing. */
  DynamoDbClient unmetered() {
    return plain;
  }

  /** Of all that the client has done. */
  Units units() {
    BigDecimal events = again("events", WriteMeter::isEvent);
    BigDecimal marks = again("marks", WriteMeter::isMark);
    BigDecimal sums = again("sums", action -> action.update() != null);
    BigDecimal table =
        consumed.stream().map(c -> units(c.table())).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal feeds = feeds(consumed);
    if (events.add(marks).add(sums).compareTo(table) != 0) {
      throw new IllegalStateException("the parts do not add up to the %s of all".formatted(table));
    }
    return new Units(events, feeds, sums, marks, table.add(feeds));
  }

  @Override
  public void close() {
    metered.close();
    plain.close();
  }

  private static boolean isMark(TransactWriteItem action) {
    return action.put() != null && action.put().item().containsKey("mk");
  }

  /** Or what an event was before. */
  private static boolean isEvent(TransactWriteItem action) {
    return action.put() != null && !isMark(action);
  }

  /** What the base table of the same kind consumes for these actions. */
  private BigDecimal again(String name, Predicate<TransactWriteItem> kind) {
    new Tables("control-" + name, name).create(plain);
    BigDecimal units = BigDecimal.ZERO;
    for (TransactWriteItemsRequest request : requests) {
      List<TransactWriteItem> actions =
          request.transactItems().stream().filter(kind).map(a -> in(name, a)).toList();
      if (!actions.isEmpty()) {
        TransactWriteItemsResponse response =
            plain.transactWriteItems(
                t ->
                    t.transactItems(actions)
                        .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
        for (ConsumedCapacity each : response.consumedCapacity()) {
          units = units.add(units(each.table()));
        }
      }
    }
    return units;
  }

  private static TransactWriteItem in(String table, TransactWriteItem action) {
    return action.put() != null
        ? TransactWriteItem.builder()
            .put(Put.builder().tableName(table).item(action.put().item()).build())
            .build()
        : TransactWriteItem.builder()
            .update(action.update().toBuilder().tableName(table).build())
            .build();
  }

  private static BigDecimal feeds(List<ConsumedCapacity> consumed) {
    return consumed.stream()
        .map(ConsumedCapacity::globalSecondaryIndexes)
        .map(Map::values)
        .flatMap(indexes -> indexes.stream())
        .map(WriteMeter::units)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal units(Capacity capacity) {
    return BigDecimal.valueOf(capacity.capacityUnits());
  }

  private DynamoDbClient metered(DynamoDbServer of) {
    return DynamoDbClient.builder()
        .endpointOverride(of.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(o -> o.addExecutionInterceptor(new Keeper()))
        .build();
  }

  private final class Keeper implements ExecutionInterceptor {
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      return context.request() instanceof TransactWriteItemsRequest request
          ? request.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.INDEXES).build()
          : context.request();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      if (context.response() instanceof TransactWriteItemsResponse response
          && context.request() instanceof TransactWriteItemsRequest request) {
        requests.add(request);
        consumed.addAll(response.consumedCapacity());
      }
    }
  }
}
