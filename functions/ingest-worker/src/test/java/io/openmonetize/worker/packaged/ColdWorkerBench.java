package io.openmonetize.worker.packaged;

import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import io.openmonetize.packaging.ColdStartBench;
import io.openmonetize.packaging.PackagedFunction;
import io.openmonetize.packaging.Surroundings;
import java.io.IOException;

final class ColdWorkerBench extends ColdStartBench {
  private final WorkerTraining training;

  ColdWorkerBench() {
    this(new WorkerTraining());
  }

  private ColdWorkerBench(WorkerTraining training) {
    super("ingest-worker", "an event booked", training);
    this.training = training;
  }

  @Override
  protected Answer first(Surroundings surroundings, PackagedFunction process)
      throws IOException, InterruptedException {
    return training.bookOne(process);
  }
}
