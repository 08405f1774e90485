package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.openmonetize.query.http.PathPattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The API's own description, to which answers are held. Tests are stricter than the document: a
 * field that it does not name fails, where clients should be glad of a new one.
 */
final class OpenApi {
  private final ObjectNode document;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  OpenApi() {
    try (var resource = OpenApi.class.getResourceAsStream("/openapi.json")) {
      document = (ObjectNode) new ObjectMapper().readTree(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close(document.path("components").path("schemas"));
  }

  JsonNode document() {
    return document;
  }

  /** Such as {@code GET /v1/events}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (var path : document.path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }
    return operations;
  }

  /** Fails when the document does not know the answer's status, or its body does not fit. */
  void check(Call call, Reply reply) {
    JsonNode operation = operation(call);
    JsonNode schema;
    if (operation.isMissingNode()) {
      assertThat(reply.status()).isIn(404, 405);
      schema = reference("#/components/schemas/Error");
    } else {
      JsonNode response = operation.path("responses").path(Integer.toString(reply.status()));
      assertThat(response.isMissingNode())
          .as("%s %s may answer %s", call.method(), call.apiPath(), reply.status())
          .isFalse();
      JsonNode content = resolve(response).path("content");
      if (content.has("text/csv")) {
        assertThat(reply.header("content-type")).startsWith("text/csv");
        return;
      }
      schema = content.path("application/json").path("schema");
    }
    boolean noBody = schema.isMissingNode() || call.method().equals("HEAD");
    if (noBody) {
      assertThat(reply.text()).isEmpty();
    } else {
      validate(schema, reply.json());
    }
  }

  void validate(JsonNode schema, JsonNode body) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    var errors =
        registry
            .getSchema(whole)
            .validate(
                body,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    assertThat(errors).as("%s", body).isEmpty();
  }

  private JsonNode operation(Call call) {
    String method = call.method().equals("HEAD") ? "get" : call.method().toLowerCase(Locale.ROOT);
    for (var path : document.path("paths").properties()) {
      if (new PathPattern(path.getKey()).matches(call.apiPath())) {
        return path.getValue().path(method);
      }
    }
    return document.path("no such");
  }

  private JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  private JsonNode reference(String to) {
    return document.objectNode().put("$ref", to);
  }

  private static void close(JsonNode schemas) {
    for (JsonNode schema : schemas) {
      if (schema.has("properties") && !schema.has("additionalProperties")) {
        ((ObjectNode) schema).put("additionalProperties", false);
      }
    }
  }
}
