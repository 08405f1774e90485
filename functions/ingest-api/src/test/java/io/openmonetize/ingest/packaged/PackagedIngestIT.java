package io.openmonetize.ingest.packaged;

import io.openmonetize.packaging.PackageContract;

final class PackagedIngestIT extends PackageContract {
  PackagedIngestIT() {
    super("ingest-api", new IngestTraining());
  }
}
