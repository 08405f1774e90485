package io.openmonetize.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.deployment.CloudAssembly.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

/** The functions as the server has them, where CloudFormation has made them. */
final class DeployedFunctions {
  private static final Duration PAUSED_WITHIN = Duration.ofSeconds(60);

  private final LambdaClient lambda;
  private final CloudAssembly assembly;
  private final References references;

  DeployedFunctions(LambdaClient lambda, CloudAssembly assembly, References references) {
    this.lambda = lambda;
    this.assembly = assembly;
    this.references = references;
  }

  /**
   * Handler, runtime, memory, timeout and variables of each are the template's.
   *
   * @throws TestAbortedException when none was made
   */
  String checkFunctions() {
    List<Resource> functions = made(CloudAssembly.FUNCTION);
    for (Resource function : functions) {
      JsonNode declared = function.properties();
      GetFunctionConfigurationResponse there =
          lambda.getFunctionConfiguration(f -> f.functionName(references.of(function).reference()));
      assertThat(there.handler()).isEqualTo(declared.path("Handler").asText());
      assertThat(there.runtimeAsString()).isEqualTo(declared.path("Runtime").asText());
      assertThat(there.memorySize()).isEqualTo(declared.path("MemorySize").asInt());
      assertThat(there.timeout()).isEqualTo(declared.path("Timeout").asInt());
      Map<String, String> variables = there.environment().variables();
      for (Map.Entry<String, JsonNode> variable :
          declared.path("Environment").path("Variables").properties()) {
        assertThat(variables).containsKey(variable.getKey());
        Optional<String> value = references.text(function.stack(), variable.getValue());
        if (value.isPresent()) {
          assertThat(variables).containsEntry(variable.getKey(), value.get());
        }
      }
    }
    return functions.size() + " functions";
  }

  /**
   * @throws TestAbortedException when none was made
   */
  String checkEventSources() {
    for (Resource declared : made(CloudAssembly.EVENT_SOURCE)) {
      EventSourceMappingConfiguration there = mapping(declared);
      JsonNode properties = declared.properties();
      assertThat(there.batchSize()).isEqualTo(properties.path("BatchSize").asInt());
      assertThat(there.functionResponseTypesAsStrings()).containsExactly("ReportBatchItemFailures");
      assertThat(there.eventSourceArn())
          .isEqualTo(
              references.text(declared.stack(), properties.path("EventSourceArn")).orElseThrow());
    }
    return "batch size, partial failures, queue";
  }

  /** Stops the server's own workers, so that they do not take what this process's are to book. */
  void pauseEventSources() throws InterruptedException {
    for (Resource declared : assembly.resources(CloudAssembly.EVENT_SOURCE)) {
      if (references.find(declared).isPresent()) {
        String id = mapping(declared).uuid();
        lambda.updateEventSourceMapping(m -> m.uuid(id).enabled(false));
        awaitDisabled(declared);
      }
    }
  }

  private void awaitDisabled(Resource declared) throws InterruptedException {
    long deadline = System.nanoTime() + PAUSED_WITHIN.toNanos();
    while (!"Disabled".equals(mapping(declared).state())) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the server's own worker could not be paused");
      }
      Thread.sleep(500);
    }
  }

  private EventSourceMappingConfiguration mapping(Resource declared) {
    String id = references.of(declared).reference();
    return lambda.listEventSourceMappingsPaginator().eventSourceMappings().stream()
        .filter(mapping -> id.equals(mapping.uuid()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the server has no event source " + id));
  }

  private List<Resource> made(String type) {
    List<Resource> made =
        assembly.resources(type).stream()
            .filter(resource -> references.find(resource).isPresent())
            .toList();
    if (made.isEmpty()) {
      throw new TestAbortedException("not deployed: no CloudFormation made it");
    }
    return made;
  }
}
