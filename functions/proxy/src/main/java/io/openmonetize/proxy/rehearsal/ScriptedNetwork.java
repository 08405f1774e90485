package io.openmonetize.proxy.rehearsal;

import io.openmonetize.http.ClientConnection;
import io.openmonetize.http.Connector;
import io.openmonetize.http.Origin;
import io.openmonetize.runtime.http1.RequestHead;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** In the place of the network: AWS under a name of its own, and a provider under any other. */
final class ScriptedNetwork implements Connector {
  static final String AWS = "aws.invalid";

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
    return new Answer("text/event-stream", Script.CALL.answer());
  }
}
