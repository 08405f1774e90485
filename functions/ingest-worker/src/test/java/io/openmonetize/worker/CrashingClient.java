package io.openmonetize.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client whose process ends with one of its transactions. */
final class CrashingClient {
  /** An Error, which nothing but the test catches. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private CrashingClient() {}

  /**
   * @param transactions that are carried out before the end
   */
  static DynamoDbClient after(DynamoDbClient client, int transactions) {
    AtomicInteger left = new AtomicInteger(transactions);
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              boolean writes =
                  method.getName().equals("transactWriteItems")
                      || method.getName().equals("putItem") && left.get() <= 0;
              if (writes && left.getAndDecrement() <= 0) {
                throw new Crash();
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
