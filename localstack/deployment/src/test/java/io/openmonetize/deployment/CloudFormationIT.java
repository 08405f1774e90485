package io.openmonetize.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.deployment.CloudAssembly.Resource;
import io.openmonetize.deployment.Provisioner.Provisioned;
import io.openmonetize.deployment.Provisioner.ProvisioningException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The way by CloudFormation, of the real assembly, on a stand-in. */
class CloudFormationIT {
  private static CloudAssembly assembly;

  private final StandInCloud cloud = new StandInCloud();
  private final Checks checks = new Checks("stand-in");
  private OnePort port;
  private AwsServer server;

  @BeforeAll
  static void synthesize() throws Exception {
    assembly = Synthesis.run(Path.of("target", "cdk.out-cloudformation"));
  }

  @BeforeEach
  void start() throws Exception {
    port = OnePort.start(cloud);
    server = new AwsServer(port.endpoint());
  }

  @AfterEach
  void stop() {
    port.close();
  }

  @Test
  void stacks_ofAWholeServer_areMadeInOrderAndKnown() throws Exception {
    cloud.open(assembly, server, null);

    try (Provisioned provisioned = Provisioning.on(server, assembly, checks);
        LambdaClient lambda = server.lambda()) {
      assertThat(cloud.stacks().names())
          .containsExactlyElementsOf(
              assembly.stacks().stream().map(CloudAssembly.Stack::name).toList());
      assertThat(checks.table()).contains("ok").doesNotContain("not there");
      var functions = new DeployedFunctions(lambda, assembly, provisioned.references());
      functions.checkFunctions();
      functions.checkEventSources();
      functions.pauseEventSources();
      assertThat(cloud.stacks().enabled()).isFalse();
    }
  }

  @Test
  void close_afterwards_leavesNothing() throws Exception {
    cloud.open(assembly, server, null);

    Provisioning.on(server, assembly, checks).close();

    assertThat(cloud.left()).isEmpty();
    assertNoData();
  }

  @Test
  void stackWithoutData_thatFails_isARowWithItsReason() throws Exception {
    cloud.open(assembly, server, "AWS::ApiGatewayV2::Api");

    try (Provisioned provisioned = Provisioning.on(server, assembly, checks)) {
      assertThat(checks.table()).contains("AWS::ApiGatewayV2::Api Some: not supported here");
      for (Resource table : assembly.resources(CloudAssembly.TABLE)) {
        assertThat(provisioned.references().find(table)).isPresent();
      }
    }
    assertThat(cloud.left()).isEmpty();
  }

  @Test
  void stackWithData_thatFails_isReplacedByTablesAndQueuesAsDeclared() throws Exception {
    cloud.open(assembly, server, CloudAssembly.TABLE);

    try (Provisioned provisioned = Provisioning.on(server, assembly, checks)) {
      assertThat(cloud.left()).isEmpty();
      for (Resource queue : assembly.resources(CloudAssembly.QUEUE)) {
        assertThat(provisioned.references().find(queue)).isPresent();
      }
    }
    assertNoData();
  }

  @Test
  void stack_thatIsThereAlready_isNotTouched() throws Exception {
    cloud.open(assembly, server, null);
    String name = assembly.stacks().getFirst().name();
    try (CloudFormationClient others = server.cloudFormation()) {
      others.createStack(
          s ->
              s.stackName(name)
                  .capabilities(Capability.CAPABILITY_IAM)
                  .templateBody("{\"Resources\":{}}"));
    }

    assertThatThrownBy(() -> new CloudFormationProvisioner(server).provision(assembly, checks))
        .isInstanceOf(ProvisioningException.class)
        .hasMessageContaining(name);
    assertThat(cloud.stacks().names()).containsExactly(name);
  }

  private void assertNoData() {
    try (DynamoDbClient dynamoDb = server.dynamoDb();
        SqsClient sqs = server.sqs()) {
      assertThat(dynamoDb.listTables().tableNames()).isEmpty();
      assertThat(sqs.listQueues().queueUrls()).isEmpty();
    }
  }
}
