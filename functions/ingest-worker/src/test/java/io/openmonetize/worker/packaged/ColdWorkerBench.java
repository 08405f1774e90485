package io.openmonetize.worker.packaged;

import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import io.openmonetize.packaging.ColdStartBench;
import io.openmonetize.packaging.PackagedFunction;
import io.openmonetize.packaging.Surroundings;
import java.io.IOException;

final class ColdWorkerBench extends ColdStartBench {
  private final WorkerTraining batches = new WorkerTraining();

  ColdWorkerBench() {
    super("ingest-worker", "an event booked", new WorkerTraining());
  }

  @Override
  protected Answer first(Surroundings surroundings, PackagedFunction process)
      throws IOException, InterruptedException {
    return batches.bookOne(process);
  }
}
