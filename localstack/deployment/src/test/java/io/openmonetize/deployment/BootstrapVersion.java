package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.deployment.CloudAssembly.Stack;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The parameters by which {@code cdk bootstrap} leaves word, and which templates read. */
final class BootstrapVersion implements AutoCloseable {
  private static final String VERSION = "21";

  private final SsmClient ssm;
  private final List<String> own = new ArrayList<>();

  private BootstrapVersion(SsmClient ssm) {
    this.ssm = ssm;
  }

  /** Puts those that are not there. */
  static BootstrapVersion ensure(AwsServer server, CloudAssembly assembly) {
    BootstrapVersion version = new BootstrapVersion(server.ssm());
    try {
      for (Stack stack : assembly.stacks()) {
        for (JsonNode parameter : stack.template().path("Parameters")) {
          if (parameter.path("Type").asText().startsWith("AWS::SSM::Parameter::Value")) {
            version.ensure(parameter.path("Default").asText());
          }
        }
      }
      return version;
    } catch (RuntimeException e) {
      version.close();
      throw e;
    }
  }

  private void ensure(String name) {
    try {
      ssm.getParameter(p -> p.name(name));
    } catch (ParameterNotFoundException e) {
      ssm.putParameter(p -> p.name(name).value(VERSION).type(ParameterType.STRING));
      own.add(name);
    }
  }

  /** Deletes those that were put. */
  @Override
  public void close() {
    own.forEach(name -> ssm.deleteParameter(p -> p.name(name)));
    ssm.close();
  }
}
