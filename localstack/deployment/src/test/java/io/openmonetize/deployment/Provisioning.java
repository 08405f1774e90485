package io.openmonetize.deployment;

import io.openmonetize.deployment.Checks.Outcome;
import io.openmonetize.deployment.Provisioner.Provisioned;
import io.openmonetize.deployment.Provisioner.ProvisioningException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** Chooses how a server gets the resources. */
final class Provisioning {
  private static final String ROW = "CloudFormation makes the stacks";

  private Provisioning() {}

  /** By CloudFormation where the server has it, or else table by table and queue by queue. */
  static Provisioned on(AwsServer server, CloudAssembly assembly, Checks checks)
      throws InterruptedException {
    String whyNot = whyNoCloudFormation(server);
    if (whyNot == null) {
      try {
        return new CloudFormationProvisioner(server).provision(assembly, checks);
      } catch (ProvisioningException e) {
        checks.add(ROW, Outcome.NOT_THERE, e.getMessage());
      }
    } else {
      checks.add(ROW, Outcome.NOT_THERE, whyNot);
    }
    return new DeclaredProvisioner(server).provision(assembly, checks);
  }

  /** Null when it is there. */
  private static @Nullable String whyNoCloudFormation(AwsServer server) {
    try (CloudFormationClient cloudFormation = server.cloudFormation()) {
      cloudFormation.listStacks();
      return null;
    } catch (SdkException e) {
      if (NotImplemented.says(e)) {
        return "the server does not have it: tables and queues are made as the template says";
      }
      throw e;
    }
  }
}
