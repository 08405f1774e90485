package io.openmonetize.worker.packaged;

import io.openmonetize.events.UsageEventJson;
import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import io.openmonetize.packaging.PackagedFunction;
import io.openmonetize.packaging.SqsEvent;
import io.openmonetize.packaging.Surroundings;
import io.openmonetize.packaging.Training;
import io.openmonetize.worker.Reports;
import io.openmonetize.worker.WorkerFunction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Batches of the queue: one event, many with repetitions, and one that can't be read. */
public final class WorkerTraining implements Training {
  private static final int BATCH = 20;
  private static final String NO_FAILURE = "{\"batchItemFailures\":[]}";

  private final Reports reports = new Reports(1);

  @Override
  public String handler() {
    return WorkerFunction.class.getName();
  }

  @Override
  public void calls(Surroundings surroundings, PackagedFunction function)
      throws IOException, InterruptedException {
    call(surroundings, function);
    send(function, messages(BATCH), NO_FAILURE);
    List<String> withAnother = new ArrayList<>(messages(1).subList(0, 1));
    withAnother.add("not a message");
    send(function, withAnother, "{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}");
  }

  @Override
  public void call(Surroundings surroundings, PackagedFunction function)
      throws IOException, InterruptedException {
    bookOne(function);
  }

  Answer bookOne(PackagedFunction function) throws IOException, InterruptedException {
    return send(function, messages(1).subList(0, 1), NO_FAILURE);
  }

  private List<String> messages(int distinct) {
    return reports.shuffled(distinct).stream().map(UsageEventJson::write).toList();
  }

  private static Answer send(PackagedFunction function, List<String> messages, String expected)
      throws IOException, InterruptedException {
    Answer answer = function.invoke(SqsEvent.of(messages));
    if (!answer.body().equals(expected)) {
      throw new IOException("The worker answered " + answer.body());
    }
    return answer;
  }
}
