package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.events.Provider;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.Endpoint;
import io.openmonetize.usage.RequestFacts;
import io.openmonetize.usage.ResponseFacts;
import io.openmonetize.usage.UsageReader;
import io.openmonetize.usage.UsageReaders;
import io.openmonetize.usage.UsageReading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the conformance corpus, and the recorded ones beside the repository where there
 * are any, as an application has them: each a JSON document, or the documents of a stream.
 */
final class ReportedCorpus {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> PATHS =
      Map.of(
          "chat_completions",
          "/v1/chat/completions",
          "images",
          "/v1/images/generations",
          "audio_transcriptions",
          "/v1/audio/transcriptions",
          "generateContent",
          "/v1beta/models/gemini:generateContent");

  /**
   * A successful answer.
   *
   * @param documents the answer itself, or the events of its stream
   */
  record Answer(
      String file,
      Provider provider,
      RequestFacts request,
      ResponseFacts response,
      AnswerEnd end,
      byte[] body,
      boolean streamed,
      List<JsonNode> documents) {
    /** What the proxy reads. */
    UsageReading readByProxy() {
      UsageReader reader = UsageReaders.of(request, response);
      reader.read(body, 0, body.length);
      return reader.finish(end);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  private ReportedCorpus() {}

  static List<Answer> answers() {
    return Stream.concat(conformance(), recorded()).filter(a -> !a.documents.isEmpty()).toList();
  }

  private static Stream<Answer> conformance() {
    try {
      return stream(JSON.readTree(resource("manifest.json")).path("cases"))
          .filter(entry -> entry.path("status").asInt() == 200)
          .filter(entry -> entry.path("content_encoding").isNull())
          .map(
              entry ->
                  answer(
                      entry.path("file").asText(),
                      Provider.valueOf(entry.path("provider").asText()),
                      entry.path("method").asText(),
                      entry.path("path").asText(),
                      text(entry.path("requested_model")),
                      entry.path("stream").asBoolean(),
                      text(entry.path("content_type")),
                      AnswerEnd.valueOf(entry.path("end").asText().toUpperCase(Locale.ROOT)),
                      resource(entry.path("file").asText())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Answer> recorded() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path corpus = up.resolve("shared").resolve("corpus");
      if (Files.exists(corpus.resolve("manifest.json"))) {
        return recorded(corpus);
      }
    }
    return Stream.empty();
  }

  private static Stream<Answer> recorded(Path corpus) {
    JsonNode manifest = Requests.parse(read(corpus.resolve("manifest.json")));
    return stream(manifest.path("fixtures"))
        .filter(entry -> entry.path("status").asInt() == 200)
        .map(
            entry ->
                answer(
                    "recorded " + entry.path("file").asText(),
                    entry.path("provider").asText().equals("gemini")
                        ? Provider.GOOGLE
                        : Provider.valueOf(
                            entry.path("provider").asText().toUpperCase(Locale.ROOT)),
                    "POST",
                    path(entry),
                    text(entry.path("request").path("model")),
                    entry.path("streaming").asBoolean(),
                    text(entry.path("response_headers").path("content-type")),
                    AnswerEnd.WHOLE,
                    read(corpus.resolve(entry.path("file").asText()))
                        .getBytes(StandardCharsets.UTF_8)));
  }

  /** Of those that are not of a recording of HTTP, only the endpoint is known. */
  private static String path(JsonNode entry) {
    String path = entry.path("request").path("path").asText();
    String endpoint = entry.path("endpoint").asText();
    return path.isEmpty() ? PATHS.getOrDefault(endpoint, "/v1/" + endpoint) : path;
  }

  private static Answer answer(
      String file,
      Provider provider,
      String method,
      String path,
      @Nullable String model,
      boolean stream,
      @Nullable String contentType,
      AnswerEnd end,
      byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    boolean whole = text.stripLeading().startsWith("{");
    boolean array = text.stripLeading().startsWith("[");
    List<JsonNode> documents = whole || array ? documents(text) : events(text);
    return new Answer(
        file,
        provider,
        new RequestFacts(
            Endpoint.of(provider, method, path.replaceFirst("\\?.*", "")), model, stream, null),
        new ResponseFacts(200, contentType, null),
        end,
        body,
        !whole,
        documents);
  }

  /** The document, or those of an array; none of what is no JSON. */
  private static List<JsonNode> documents(String text) {
    try {
      JsonNode read = JSON.reader().readTree(text);
      return read.isArray() ? stream(read).toList() : List.of(read);
    } catch (IOException noJson) {
      return List.of();
    }
  }

  /** The data of server-sent events. What an official client could not parse is left out. */
  private static List<JsonNode> events(String text) {
    List<JsonNode> events = new ArrayList<>();
    String withoutMark = text.replace("\uFEFF", "");
    for (String event : withoutMark.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")) {
      StringBuilder data = new StringBuilder();
      for (String line : event.split("\n")) {
        if (line.startsWith("data:")) {
          data.append(line.substring(5)).append('\n');
        }
      }
      if (event.startsWith("{")) {
        // So Gemini reports an error in the middle of a stream.
        data.append(event);
      }
      if (data.toString().stripLeading().startsWith("{")) {
        events.addAll(documents(data.toString()));
      }
    }
    return events;
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements.stream();
  }

  private static @Nullable String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : null;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String file) {
    try (InputStream stream = ReportedCorpus.class.getResourceAsStream("/conformance/" + file)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
