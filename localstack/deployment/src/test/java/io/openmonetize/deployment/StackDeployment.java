package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.deployment.CloudAssembly.Stack;
import io.openmonetize.deployment.Provisioner.ProvisioningException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/** Stacks of a server, each waited for, but not for ever. */
final class StackDeployment implements AutoCloseable {
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String COMPLETE = "CREATE_COMPLETE";
  private static final String DELETED = "DELETE_COMPLETE";

  /** A longer template must come from a bucket. */
  private static final int CHARACTERS_OF_A_TEMPLATE = 51_200;

  private static final int REASONS_AT_MOST = 3;

  private final CloudFormationClient cloudFormation;

  /**
   * @param cloudFormation is closed with this
   */
  StackDeployment(CloudFormationClient cloudFormation) {
    this.cloudFormation = cloudFormation;
  }

  /**
   * @throws ProvisioningException when a stack of that name is there already, which is then not
   *     ours to delete
   */
  void requireNone(Stack stack) {
    Optional<String> before = status(stack.name());
    if (before.isPresent() && !before.get().equals(DELETED)) {
      throw new ProvisioningException(
          "a stack %s is there already (%s): delete it first"
              .formatted(stack.name(), before.get()));
    }
  }

  /** Null when it is complete, or else why not. */
  @Nullable String create(Stack stack, String templateUrl) throws InterruptedException {
    CreateStackRequest.Builder request =
        CreateStackRequest.builder()
            .stackName(stack.name())
            .capabilities(
                Capability.CAPABILITY_IAM,
                Capability.CAPABILITY_NAMED_IAM,
                Capability.CAPABILITY_AUTO_EXPAND)
            .onFailure(OnFailure.DO_NOTHING);
    String body = body(stack);
    try {
      cloudFormation.createStack(
          (body.length() <= CHARACTERS_OF_A_TEMPLATE
                  ? request.templateBody(body)
                  : request.templateURL(templateUrl))
              .build());
    } catch (CloudFormationException e) {
      return String.valueOf(e.getMessage());
    }
    String status = awaitEnd(stack.name());
    return status.equals(COMPLETE) ? null : status + ": " + reasons(stack.name());
  }

  List<StackResource> resources(String stack) {
    return cloudFormation.describeStackResources(r -> r.stackName(stack)).stackResources();
  }

  /** Deletes a stack that {@link #create} began; nothing when it did not come so far. */
  void delete(String stack) {
    if (status(stack).filter(status -> !status.equals(DELETED)).isEmpty()) {
      return;
    }
    cloudFormation.deleteStack(d -> d.stackName(stack));
    try {
      String status = awaitEnd(stack);
      if (!status.equals(DELETED)) {
        throw new ProvisioningException(stack + " was not deleted: " + reasons(stack));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProvisioningException("interrupted while " + stack + " was deleted");
    }
  }

  @Override
  public void close() {
    cloudFormation.close();
  }

  /** The template without what only the CDK's own tools read. */
  private static String body(Stack stack) {
    ObjectNode template = stack.template().deepCopy();
    template.path("Resources").forEach(resource -> ((ObjectNode) resource).remove("Metadata"));
    return template.toString();
  }

  /** A stack that is not there counts as deleted. */
  private String awaitEnd(String stack) throws InterruptedException {
    long deadline = System.nanoTime() + ENDS_WITHIN.toNanos();
    while (true) {
      String status = status(stack).orElse(DELETED);
      if (!status.endsWith("_IN_PROGRESS")) {
        return status;
      }
      if (System.nanoTime() > deadline) {
        return status + " after " + ENDS_WITHIN.toMinutes() + " minutes";
      }
      Thread.sleep(PAUSE);
    }
  }

  private Optional<String> status(String stack) {
    try {
      return cloudFormation.describeStacks(d -> d.stackName(stack)).stacks().stream()
          .map(found -> found.stackStatusAsString())
          .findFirst();
    } catch (CloudFormationException e) {
      String message = String.valueOf(e.getMessage());
      if (e.statusCode() == 404 || message.contains("does not exist")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String reasons(String stack) {
    try {
      return cloudFormation.describeStackEvents(d -> d.stackName(stack)).stackEvents().stream()
          .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
          .map(StackDeployment::reason)
          .distinct()
          .limit(REASONS_AT_MOST)
          .collect(Collectors.joining("; "));
    } catch (SdkException e) {
      return "no reason to be had: " + e.getMessage();
    }
  }

  private static String reason(StackEvent event) {
    return event.resourceType()
        + " "
        + event.logicalResourceId()
        + ": "
        + event.resourceStatusReason();
  }
}
