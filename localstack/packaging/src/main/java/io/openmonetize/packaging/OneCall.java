package io.openmonetize.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An event and its answer, of a handler that is not trained. */
public record OneCall(String handler, String event, String answer) implements Training {
  @Override
  public void calls(Surroundings surroundings, PackagedFunction function)
      throws IOException, InterruptedException {
    call(surroundings, function);
  }

  @Override
  public void call(Surroundings surroundings, PackagedFunction function)
      throws IOException, InterruptedException {
    String given = function.invoke(event.getBytes(StandardCharsets.UTF_8)).body();
    if (!given.equals(answer)) {
      throw new IOException(handler + " answered " + given);
    }
  }
}
