package io.openmonetize.deployment;

import io.openmonetize.deployment.Checks.Outcome;
import io.openmonetize.deployment.CloudAssembly.Resource;
import io.openmonetize.deployment.CloudAssembly.Stack;
import io.openmonetize.deployment.References.Made;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Deploys the assembly as the CDK's own command does: files to the bucket, then stack by stack. */
final class CloudFormationProvisioner implements Provisioner {
  private final AwsServer server;

  CloudFormationProvisioner(AwsServer server) {
    this.server = server;
  }

  @Override
  public Provisioned provision(CloudAssembly assembly, Checks checks) throws InterruptedException {
    References references = new References(assembly, server.region(), account());
    Deployed deployed = new Deployed(references);
    try {
      deploy(assembly, checks, deployed);
      return deployed;
    } catch (SdkException e) {
      deployed.close();
      throw new ProvisioningException(String.valueOf(e.getMessage()));
    } catch (RuntimeException | InterruptedException e) {
      deployed.close();
      throw e;
    }
  }

  /** A stack without data may fail: the suite then knows the functions from the template alone. */
  private void deploy(CloudAssembly assembly, Checks checks, Deployed deployed)
      throws InterruptedException {
    BootstrapVersion version = BootstrapVersion.ensure(server, assembly);
    deployed.undo.push(version::close);
    AssetUpload assets = new AssetUpload(server, deployed.references);
    deployed.undo.push(assets::close);
    StackDeployment stacks = new StackDeployment(server.cloudFormation());
    deployed.undo.push(stacks::close);
    for (Stack stack : assembly.stacks()) {
      String row = "CloudFormation makes " + stack.name();
      stacks.requireNone(stack);
      assets.upload(stack);
      deployed.undo.push(() -> stacks.delete(stack.name()));
      String whyNot = stacks.create(stack, assets.templateUrl(stack));
      if (whyNot == null) {
        checks.add(row, Outcome.OK, record(stack, stacks, deployed.references));
      } else if (stack.holdsData()) {
        throw new ProvisioningException(stack.name() + ": " + whyNot);
      } else {
        checks.add(row, Outcome.NOT_THERE, whyNot);
      }
    }
  }

  /** Says which types the server took without making anything of them. */
  private String record(Stack stack, StackDeployment stacks, References references) {
    Map<String, String> made = new HashMap<>();
    for (StackResource resource : stacks.resources(stack.name())) {
      if (resource.physicalResourceId() != null) {
        made.put(resource.logicalResourceId(), resource.physicalResourceId());
      }
    }
    Set<String> missing = new TreeSet<>();
    try (DynamoDbClient dynamoDb = server.dynamoDb();
        SqsClient sqs = server.sqs()) {
      for (Resource resource : stack.resources()) {
        String id = made.get(resource.id());
        if (id == null) {
          missing.add(resource.type());
        } else {
          references.put(resource, described(resource, id, dynamoDb, sqs));
        }
      }
    }
    return missing.isEmpty()
        ? stack.resources().size() + " resources"
        : "but for " + missing.stream().collect(Collectors.joining(", "));
  }

  private static Made described(
      Resource resource, String id, DynamoDbClient dynamoDb, SqsClient sqs) {
    return switch (resource.type()) {
      case CloudAssembly.TABLE -> PhysicalResources.table(dynamoDb, id);
      case CloudAssembly.QUEUE ->
          PhysicalResources.queue(
              sqs, id.contains("/") ? id : sqs.getQueueUrl(q -> q.queueName(id)).queueUrl());
      default -> new Made(id, Map.of());
    };
  }

  private String account() {
    try (StsClient sts = server.sts()) {
      return sts.getCallerIdentity().account();
    } catch (SdkException e) {
      if (NotImplemented.says(e)) {
        return PhysicalResources.ACCOUNT_OF_EMULATORS;
      }
      throw e;
    }
  }

  private static final class Deployed implements Provisioned {
    private final References references;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    Deployed(References references) {
      this.references = references;
    }

    @Override
    public References references() {
      return references;
    }

    /** All of it is tried, whatever fails. */
    @Override
    public void close() {
      RuntimeException first = null;
      while (!undo.isEmpty()) {
        try {
          undo.pop().run();
        } catch (RuntimeException e) {
          first = first == null ? e : first;
        }
      }
      if (first != null) {
        throw first;
      }
    }
  }
}
