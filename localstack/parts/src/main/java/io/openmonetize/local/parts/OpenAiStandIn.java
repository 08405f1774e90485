package io.openmonetize.local.parts;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.RequestHead;
import java.util.List;

/** Answers like OpenAI's API: chat completions, responses and embeddings. */
final class OpenAiStandIn implements Answers {
  private final Model model;

  OpenAiStandIn(Model model) {
    this.model = model;
  }

  @Override
  public Script answer(RequestHead head, byte[] body) {
    if (!Wire.bearer(head.headers()).filter(StandInProviders::accepts).isPresent()) {
      return OpenAiErrors.authentication();
    }
    JsonNode request = Wire.parse(body);
    String path = Wire.path(head);
    if (!head.method().equals("POST")
        || !List.of("/v1/chat/completions", "/v1/responses", "/v1/embeddings").contains(path)) {
      return OpenAiErrors.notFound(head.method() + " " + path);
    }
    if (!request.path("model").isTextual()) {
      return OpenAiErrors.invalid("you must provide a model parameter");
    }
    boolean gzip = head.headers().lists("Accept-Encoding", "gzip");
    return answer(path, request, model.replies().apply(body), gzip).after(model.pace().first());
  }

  private Script answer(String path, JsonNode request, Reply reply, boolean gzip) {
    String name = request.path("model").asText();
    String id = model.ids().get();
    long now = model.clock().instant().getEpochSecond();
    boolean stream = request.path("stream").asBoolean();
    return switch (path) {
      case "/v1/embeddings" -> json(OpenAiEmbeddings.whole(name, request, reply.tokens()), gzip);
      case "/v1/responses" -> {
        OpenAiResponse response = new OpenAiResponse(id, now, name, reply);
        yield stream ? paced(response.events()) : json(response.whole(), gzip);
      }
      default -> {
        boolean usage = request.path("stream_options").path("include_usage").asBoolean();
        OpenAiChat chat = new OpenAiChat(id, now, name, reply);
        yield stream ? paced(chat.chunks(usage)) : json(chat.whole(), gzip);
      }
    };
  }

  /** OpenAI packs its JSON where the caller says that it can unpack it; its streams it does not. */
  private Script json(String body, boolean gzip) {
    Headers headers = Wire.join(Headers.of("Content-Type", "application/json"), meta());
    byte[] bytes = Wire.utf8(body);
    return gzip
        ? Script.whole(200, headers.with("Content-Encoding", "gzip"), Wire.gzip(bytes))
        : Script.whole(200, headers, bytes);
  }

  private Script paced(List<String> events) {
    Headers headers =
        Wire.join(Headers.of("Content-Type", "text/event-stream; charset=utf-8"), meta());
    Script script = Script.stream(200, headers);
    for (String event : events) {
      script = script.pause(model.pace().between()).send(event);
    }
    return script;
  }

  private Headers meta() {
    String id = model.ids().get();
    return Headers.of(
        "x-request-id", "req_" + id,
        "openai-organization", "stand-in",
        "openai-processing-ms", "312",
        "openai-version", "2020-10-01",
        "x-ratelimit-limit-requests", "10000",
        "x-ratelimit-remaining-requests", "9999",
        "x-ratelimit-reset-requests", "6ms",
        "x-ratelimit-limit-tokens", "2000000",
        "x-ratelimit-remaining-tokens", "1999900",
        "x-ratelimit-reset-tokens", "3ms",
        "set-cookie", "__cf_bm=" + id + "; path=/; HttpOnly; Secure; SameSite=None");
  }
}
