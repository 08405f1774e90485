package io.openmonetize.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Provider;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.Script;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.usage.Endpoint;
import io.openmonetize.usage.json.JsonFragments;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.json.JsonValue.JsonArray;
import io.openmonetize.usage.json.JsonValue.JsonBoolean;
import io.openmonetize.usage.json.JsonValue.JsonNumber;
import io.openmonetize.usage.json.JsonValue.JsonObject;
import io.openmonetize.usage.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Sends every whole body of the conformance corpus through the proxy, and makes of what happened
 * the README's table of endpoints. {@code -Dom.readme=write} writes it there.
 */
final class EndpointTableTest {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final String BEGIN = "<!-- endpoints -->\n";
  private static final String END = "<!-- /endpoints -->\n";
  private static final String INTRODUCTION =
      """
      A test sends each whole body of our [corpus](events/src/main/resources/conformance) through the proxy, and this is what came of it:
      the bytes arrived as they were sent, in a stream or at once; what it used is known at best as stated (`missing` is booked as such,
      never as zero); and it has a price, as far as one is published ([prices](docs/prices.md)).

      """;
  private static final Map<Provider, String> PREFIXES =
      Map.of(
          Provider.ANTHROPIC, "/anthropic", Provider.OPENAI, "/openai", Provider.GOOGLE, "/gemini");
  private static final Map<Provider, String> NAMES =
      Map.of(Provider.ANTHROPIC, "Anthropic", Provider.OPENAI, "OpenAI", Provider.GOOGLE, "Gemini");

  /** What happened to the bodies of one endpoint. */
  private static final class Row {
    private int bodies;
    private boolean streamed;
    private boolean priced;
    private UsageStatus best = UsageStatus.NONE;
    private @Nullable String free;

    private void add(Endpoint endpoint, List<UsageEvent> events, PriceBook book) {
      bodies++;
      free = endpoint.freeBecause();
      for (UsageEvent event : events) {
        streamed |= event.streamed();
        UsageStatus status = event.usage().status();
        if (status != UsageStatus.NONE) {
          best = best == UsageStatus.NONE || status.compareTo(best) < 0 ? status : best;
          priced |= book.price(event) instanceof Cost.Priced;
        }
      }
    }

    private String cells() {
      String metered = free != null ? "free" : best == UsageStatus.NONE ? "none" : best.wireName();
      return "%d | %s | %s | %s"
          .formatted(bodies, streamed ? "yes" : "", metered, priced ? "yes" : free(metered));
    }

    private static String free(String metered) {
      return metered.equals("free") || metered.equals("none") ? "" : "no";
    }
  }

  @Test
  void readme_endpoints_areWhatTheTestsShow() throws IOException {
    String table = table(rows());
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(begin).isGreaterThan(BEGIN.length()).isLessThanOrEqualTo(end);
    if ("write".equals(System.getProperty("om.readme"))) {
      Files.writeString(README, readme.substring(0, begin) + table + readme.substring(end));
    } else {
      assertThat(readme.substring(begin, end))
          .as("mvn -pl functions/proxy -am test -Dtest=EndpointTableTest -Dom.readme=write")
          .isEqualTo(table);
    }
  }

  private static String table(SortedMap<String, Row> rows) {
    StringBuilder table = new StringBuilder(INTRODUCTION);
    table.append("| endpoint | bodies forwarded | streamed | metered | priced |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    rows.forEach((name, row) -> table.append("| %s | %s |\n".formatted(name, row.cells())));
    return table.toString();
  }

  private static SortedMap<String, Row> rows() throws IOException {
    PriceBook book = PriceBook.bundled();
    SortedMap<String, Row> rows = new TreeMap<>();
    byte[] manifest = resource("manifest.json");
    JsonObject root = JsonFragments.object(manifest, 0, manifest.length).orElseThrow();
    for (JsonValue value : ((JsonArray) root.get("cases")).elements()) {
      JsonObject entry = (JsonObject) value;
      if ("whole".equals(text(entry, "end"))) {
        Provider provider = Provider.valueOf(text(entry, "provider"));
        Endpoint endpoint = Endpoint.of(provider, text(entry, "method"), text(entry, "path"));
        rows.computeIfAbsent(name(provider, entry), k -> new Row())
            .add(endpoint, forwarded(provider, entry), book);
      }
    }
    return rows;
  }

  /** The events of a call whose answer reached the caller byte for byte. */
  private static List<UsageEvent> forwarded(Provider provider, JsonObject entry)
      throws IOException {
    byte[] body = resource(text(entry, "file"));
    Headers headers = Headers.of("Content-Type", text(entry, "content_type"));
    if (entry.get("content_encoding") instanceof JsonString coding) {
      headers =
          Headers.of(
              "Content-Type", text(entry, "content_type"), "Content-Encoding", coding.text());
    }
    int status = Integer.parseInt(((JsonNumber) entry.get("status")).digits());
    Script answer = Script.whole(status, headers, body);
    try (FakeProvider fake = FakeProvider.start((head, request) -> answer);
        ProxyBench bench = new ProxyBench(fake.baseUrl())) {
      RecordingResponder caller = bench.call(request(provider, entry));
      assertThat(caller.status()).as(text(entry, "file")).isEqualTo(status);
      assertThat(caller.body()).as(text(entry, "file")).isEqualTo(body);
      assertThat(bench.events()).as(text(entry, "file")).isNotEmpty();
      String expected = text((JsonObject) entry.get("expected"), "status");
      assertThat(bench.events().getFirst().usage().status().wireName())
          .as(text(entry, "file"))
          .isEqualTo(expected);
      return bench.events();
    }
  }

  private static Request request(Provider provider, JsonObject entry) {
    String path = PREFIXES.get(provider) + text(entry, "path");
    if (text(entry, "method").equals("GET")) {
      return Request.of("GET", path);
    }
    StringBuilder body = new StringBuilder("{\"hello\":1");
    if (entry.get("requested_model") instanceof JsonString model) {
      body.append(",\"model\":\"").append(model.text()).append('"');
    }
    if (entry.get("stream").equals(new JsonBoolean(true))) {
      // Asked for by the caller, the frame with the usage is not withheld.
      body.append(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    }
    if (entry.get("input_characters") instanceof JsonNumber characters) {
      body.append(",\"input\":\"")
          .append("x".repeat(Integer.parseInt(characters.digits())))
          .append('"');
    }
    return Request.post(path, body.append('}').toString());
  }

  private static String name(Provider provider, JsonObject entry) {
    String path =
        text(entry, "path")
            .replaceAll("^/v1/projects/.*/publishers/", "…/publishers/")
            .replaceAll("/models/[^/:]+:", "/models/{model}:")
            .replaceAll("/deployments/[^/]+/", "/deployments/{name}/")
            .replaceAll("/(batches|responses|files|interactions)/[^/:]*\\d[^/:]*", "/$1/{id}")
            .replaceAll("/files/file-[a-z]+", "/files/{id}")
            .replaceAll("/completions/[^/]+$", "/completions/{id}")
            .replaceAll("/interactions/[^/]+/cancel$", "/interactions/{id}/cancel")
            .replaceAll("/rehearsals$", "/anything-else");
    return NAMES.get(provider) + " `" + text(entry, "method") + " " + path + "`";
  }

  private static String text(JsonObject object, String name) {
    return ((JsonString) object.get(name)).text();
  }

  private static byte[] resource(String file) throws IOException {
    try (InputStream stream = EndpointTableTest.class.getResourceAsStream("/conformance/" + file)) {
      if (stream == null) {
        throw new IllegalArgumentException("not in the corpus: " + file);
      }
      return stream.readAllBytes();
    }
  }
}
