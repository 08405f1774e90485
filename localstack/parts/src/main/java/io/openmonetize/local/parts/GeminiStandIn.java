package io.openmonetize.local.parts;

import static io.openmonetize.local.parts.Wire.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.RequestHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers like the Gemini API: content whole, as SSE or as a growing array; counts; embeddings. */
final class GeminiStandIn implements Answers {
  private static final Pattern PATH = Pattern.compile("/v1(?:beta)?/models/([^/:]+):(\\w+)");
  private static final String VECTOR = "{\"values\":[0.125,-0.25,0.5]}";

  private final Model model;

  GeminiStandIn(Model model) {
    this.model = model;
  }

  @Override
  public Script answer(RequestHead head, byte[] body) {
    if (!head.headers().first("x-goog-api-key").filter(StandInProviders::accepts).isPresent()
        && !Wire.query(head).contains("key=")) {
      return GeminiErrors.authentication();
    }
    Matcher path = PATH.matcher(Wire.path(head));
    if (!head.method().equals("POST") || !path.matches()) {
      return GeminiErrors.of(404, "NOT_FOUND", "Requested entity was not found.");
    }
    JsonNode request = Wire.parse(body);
    if (!request.isObject()) {
      return GeminiErrors.invalid("Invalid JSON payload received.");
    }
    Reply reply = model.replies().apply(body);
    Content content = new Content(path.group(1), model.ids().get().substring(0, 22), reply);
    long input = reply.tokens().allInput();
    Script script =
        switch (path.group(2)) {
          case "generateContent" -> json(content.whole());
          case "streamGenerateContent" ->
              Wire.query(head).contains("alt=sse") ? sse(content) : array(content);
          case "countTokens" -> json("{\n  \"totalTokens\": " + input + "\n}\n");
          case "embedContent" ->
              json("{\"embedding\":" + VECTOR + "," + embeddingUsage(input) + "}");
          case "batchEmbedContents" -> {
            int size = Math.max(1, request.path("requests").size());
            String vectors = String.join(",", Collections.nCopies(size, VECTOR));
            yield json("{\"embeddings\":[" + vectors + "]," + embeddingUsage(input) + "}");
          }
          default -> GeminiErrors.of(404, "NOT_FOUND", "Requested entity was not found.");
        };
    return script.after(model.pace().first());
  }

  private static String embeddingUsage(long input) {
    return """
    "usageMetadata":{"promptTokenCount":%d,\
    "promptTokenDetails":[{"modality":"TEXT","tokenCount":%d}]}\
    """
        .formatted(input, input);
  }

  private static Script json(String body) {
    return Script.whole(200, meta("application/json; charset=UTF-8"), Wire.utf8(body));
  }

  private Script sse(Content content) {
    Script script = Script.stream(200, meta("text/event-stream"));
    for (String element : content.elements()) {
      script = script.pause(model.pace().between()).send("data: " + element + "\r\n\r\n");
    }
    return script;
  }

  private Script array(Content content) {
    Script script = Script.stream(200, meta("application/json; charset=UTF-8"));
    String before = "[";
    for (String element : content.elements()) {
      script = script.pause(model.pace().between()).send(before + element);
      before = "\n,\r\n";
    }
    return script.send("\n]");
  }

  private static Headers meta(String type) {
    return Headers.of(
        "Content-Type", type, "server-timing", "gfet4t7; dur=287", "vary", "Origin, X-Origin");
  }

  /** One answer, whole or as the elements of a stream. */
  private record Content(String model, String id, Reply reply) {
    String whole() {
      return element(reply.text(), "\"STOP\"", reply.tokens().output());
    }

    /** Each with a usage of its own, which grows. */
    List<String> elements() {
      List<String> elements = new ArrayList<>();
      int last = reply.pieces().size() - 1;
      long output = reply.tokens().output();
      for (int i = 0; i <= last; i++) {
        long sofar = i == last ? output : output * (i + 1) / (last + 1);
        elements.add(element(reply.pieces().get(i), i == last ? "\"STOP\"" : null, sofar));
      }
      return elements;
    }

    private String element(String text, String finish, long output) {
      Tokens tokens = reply.tokens();
      String cached =
          tokens.cacheRead() > 0
              ? "\"cachedContentTokenCount\":%d,".formatted(tokens.cacheRead())
              : "";
      String thoughts =
          tokens.reasoning() > 0 ? "\"thoughtsTokenCount\":%d,".formatted(tokens.reasoning()) : "";
      return """
      {"candidates":[{"content":{"parts":[{"text":%s}],"role":"model"}%s,"index":0}],\
      "usageMetadata":{"promptTokenCount":%d,"candidatesTokenCount":%d,"totalTokenCount":%d,\
      %s%s"promptTokensDetails":[{"modality":"TEXT","tokenCount":%d}]},\
      "modelVersion":%s,"responseId":"%s"}\
      """
          .formatted(
              quote(text),
              finish == null ? "" : ",\"finishReason\":" + finish,
              tokens.allInput(),
              output,
              tokens.allInput() + output + tokens.reasoning(),
              cached,
              thoughts,
              tokens.allInput(),
              quote(model),
              id);
    }
  }
}
