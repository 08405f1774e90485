package io.openmonetize.usage.reading;

import io.openmonetize.usage.json.JsonPaths;
import org.jspecify.annotations.Nullable;

/** Knows what one answer means: the base of all but the results of batches. */
public abstract class SingleAnswer implements AnswerInterpreter {
  protected final AnswerState state;
  private final JsonPaths paths;

  /**
   * @param paths of what is wanted of each document
   */
  protected SingleAnswer(JsonPaths paths, @Nullable String requestedModel) {
    this.paths = paths;
    this.state = new AnswerState(requestedModel);
  }

  @Override
  public final JsonPaths paths() {
    return paths;
  }

  @Override
  public void unreadable(String reason) {
    state.unreadable(reason);
  }
}
