package io.openmonetize.worker.packaged;

import io.openmonetize.packaging.OneCall;
import io.openmonetize.packaging.PackageContract;
import io.openmonetize.worker.RepricingFunction;
import org.junit.jupiter.api.Test;

final class PackagedWorkerIT extends PackageContract {
  PackagedWorkerIT() {
    super("ingest-worker", new WorkerTraining());
  }

  @Test
  void start_asTheOtherHandler_answers() throws Exception {
    callAs(
        new OneCall(RepricingFunction.class.getName(), "{\"source\":\"aws.events\"}", "\"done\""));
  }
}
