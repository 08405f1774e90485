package io.openmonetize.worker.packaged;

import io.openmonetize.packaging.PackageContract;

final class PackagedWorkerIT extends PackageContract {
  PackagedWorkerIT() {
    super("ingest-worker", new WorkerTraining());
  }
}
