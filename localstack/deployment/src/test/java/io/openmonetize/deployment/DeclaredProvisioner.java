package io.openmonetize.deployment;

import io.openmonetize.deployment.CloudAssembly.Resource;
import io.openmonetize.deployment.References.Made;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes the templates' tables and queues with the services' own calls, and nothing else. */
final class DeclaredProvisioner implements Provisioner {
  private final AwsServer server;

  DeclaredProvisioner(AwsServer server) {
    this.server = server;
  }

  @Override
  public Provisioned provision(CloudAssembly assembly, Checks checks) {
    References references =
        new References(assembly, server.region(), PhysicalResources.ACCOUNT_OF_EMULATORS);
    Deque<Runnable> undo = new ArrayDeque<>();
    DynamoDbClient dynamoDb = server.dynamoDb();
    undo.push(dynamoDb::close);
    SqsClient sqs = server.sqs();
    undo.push(sqs::close);
    try {
      for (Resource table : assembly.resources(CloudAssembly.TABLE)) {
        references.put(table, create(dynamoDb, table, undo));
      }
      createQueues(sqs, assembly.resources(CloudAssembly.QUEUE), references, undo);
    } catch (SdkException e) {
      undo(undo);
      throw new ProvisioningException("tables and queues: " + e.getMessage());
    } catch (RuntimeException e) {
      undo(undo);
      throw e;
    }
    return new Provisioned() {
      @Override
      public References references() {
        return references;
      }

      @Override
      public void close() {
        undo(undo);
      }
    };
  }

  private static Made create(DynamoDbClient dynamoDb, Resource table, Deque<Runnable> undo) {
    String name = name(table);
    CreateTableRequest request = DeclaredTable.request(table.properties(), name);
    dynamoDb.createTable(request);
    undo.push(() -> dynamoDb.deleteTable(t -> t.tableName(name)));
    dynamoDb.waiter().waitUntilTableExists(t -> t.tableName(name));
    DeclaredTable.expiry(table.properties())
        .ifPresent(
            expiry ->
                dynamoDb.updateTimeToLive(t -> t.tableName(name).timeToLiveSpecification(expiry)));
    return PhysicalResources.table(dynamoDb, name);
  }

  /** One that names another as its dead letters comes after that one. */
  private static void createQueues(
      SqsClient sqs, List<Resource> queues, References references, Deque<Runnable> undo) {
    List<Resource> waiting = new ArrayList<>(queues);
    while (!waiting.isEmpty()) {
      Resource next =
          waiting.stream()
              .filter(queue -> DeclaredQueue.attributes(queue, references).isPresent())
              .findFirst()
              .orElseThrow(
                  () -> new ProvisioningException("no queue can be made first: " + waiting));
      waiting.remove(next);
      var attributes = DeclaredQueue.attributes(next, references).orElseThrow();
      String url =
          sqs.createQueue(q -> q.queueName(name(next)).attributesWithStrings(attributes))
              .queueUrl();
      undo.push(() -> sqs.deleteQueue(q -> q.queueUrl(url)));
      references.put(next, PhysicalResources.queue(sqs, url));
    }
  }

  /** As CloudFormation names what has no name of its own: stack, logical id, chance. */
  private static String name(Resource resource) {
    String unique = UUID.randomUUID().toString().substring(0, 8);
    String id = resource.id().substring(0, Math.min(resource.id().length(), 30));
    return resource.stack() + "-" + id + "-" + unique;
  }

  private static void undo(Deque<Runnable> undo) {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
