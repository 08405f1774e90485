package io.openmonetize.proxy.rehearsal;

import io.openmonetize.events.Provider;
import io.openmonetize.http.ClientConnection;
import io.openmonetize.http.Connector;
import io.openmonetize.http.Origin;
import io.openmonetize.runtime.http1.RequestHead;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** In the place of the network: AWS and three providers, each under a name of its own. */
final class ScriptedNetwork implements Connector {
  private static final String AWS = "aws.invalid";
  private static final Map<String, Provider> PROVIDERS =
      Map.of(
          "anthropic.invalid", Provider.ANTHROPIC,
          "openai.invalid", Provider.OPENAI,
          "gemini.invalid", Provider.GOOGLE);

  private final ScriptedAws aws;

  ScriptedNetwork(ScriptedAws aws) {
    this.aws = aws;
  }

  /** What one side says to a request. */
  record Answer(String contentType, List<String> pieces) {}

  @Override
  public ClientConnection connect(Origin origin, Duration within) {
    return new ScriptedConnection(origin, this::answer);
  }

  private Answer answer(Origin origin, RequestHead head, byte[] body) throws IOException {
    if (origin.host().equals(AWS)) {
      return new Answer("application/x-amz-json-1.0", List.of(aws.answer(head, body)));
    }
    Provider provider = PROVIDERS.get(origin.host());
    for (Script script : Script.all()) {
      if (script.provider() == provider) {
        return new Answer("text/event-stream", script.answer());
      }
    }
    throw new IOException("No script for " + origin.host());
  }
}
