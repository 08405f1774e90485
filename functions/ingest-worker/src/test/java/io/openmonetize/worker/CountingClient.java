package io.openmonetize.worker;

import io.openmonetize.storage.Tables;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** A client that counts queries of the customers' feed, and allows none of the other feed. */
final class CountingClient {
  private CountingClient() {}

  static DynamoDbClient of(DynamoDbClient client, AtomicInteger feedQueries) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (arguments != null
                  && arguments[0] instanceof QueryRequest query
                  && method.getName().startsWith("query")
                  && query.indexName() != null) {
                if (!query.indexName().equals(Tables.CUSTOMER_FEED)) {
                  throw new AssertionError("a query of " + query.indexName());
                }
                feedQueries.incrementAndGet();
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
