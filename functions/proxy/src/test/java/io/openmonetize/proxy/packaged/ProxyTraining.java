package io.openmonetize.proxy.packaged;

import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.packaging.PackagedFunction;
import io.openmonetize.packaging.Surroundings;
import io.openmonetize.packaging.Training;
import io.openmonetize.proxy.ProxyFunction;
import io.openmonetize.proxy.Request;
import java.io.IOException;
import java.util.Map;

/** Calls through the proxy to stand-ins of all three providers, streamed and whole. */
public final class ProxyTraining implements Training {
  /** Header names as the SDKs of the three send them. */
  private static final Map<String, String> PROVIDER_KEYS =
      Map.of(
          "anthropic", "x-api-key",
          "openai", "authorization",
          "gemini", "x-goog-api-key");

  @Override
  public String handler() {
    return ProxyFunction.class.getName();
  }

  @Override
  public void prepare(Surroundings surroundings) throws IOException {
    StandInProviders providers = surroundings.closeWithTheRest(StandInProviders.start());
    surroundings.put(
        "ANTHROPIC_BASE_URL", surroundings.front(providers.anthropic().baseUrl()).toString());
    surroundings.put(
        "OPENAI_BASE_URL", surroundings.front(providers.openAi().baseUrl()).toString());
    surroundings.put(
        "GEMINI_BASE_URL", surroundings.front(providers.gemini().baseUrl()).toString());
  }

  @Override
  public void calls(Surroundings surroundings, PackagedFunction function)
      throws IOException, InterruptedException {
    for (Call call : Call.kinds()) {
      call.requireAnswered(function.invoke(event(surroundings, call)));
    }
  }

  @Override
  public void call(Surroundings surroundings, PackagedFunction function)
      throws IOException, InterruptedException {
    Answer answer = function.invoke(event(surroundings, Call.OPENAI_STREAM));
    Call.OPENAI_STREAM.requireAnswered(answer);
    if (!answer.prelude().contains("text/event-stream")
        || !answer.body().contains("counts what ")
        || !answer.body().endsWith("data: [DONE]\n\n")) {
      throw new IOException("This is no whole stream: " + answer.prelude() + answer.body());
    }
  }

  @Override
  public void check(Surroundings surroundings, int rounds) throws IOException {
    if (surroundings.queued() < rounds * Call.kinds().size()) {
      throw new IOException("The calls booked too little");
    }
  }

  static byte[] event(Surroundings surroundings, Call call) {
    return Request.post("/" + call.provider() + call.path(), call.body())
        .query(call.query())
        .with("x-om-customer-id", "acme")
        .with("x-om-user-id", "u-1")
        .with("x-om-feature-id", "chat")
        .with("x-om-api-key", surroundings.key())
        .with("user-agent", "training/1.0")
        .with("accept", "*/*")
        .with("accept-encoding", "gzip, deflate")
        .with(PROVIDER_KEYS.getOrDefault(call.provider(), "authorization"), "Bearer sk-stand-in")
        .event();
  }
}
