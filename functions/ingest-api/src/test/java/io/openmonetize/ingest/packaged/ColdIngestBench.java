package io.openmonetize.ingest.packaged;

import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import io.openmonetize.packaging.ColdStartBench;
import io.openmonetize.packaging.HttpCall;
import io.openmonetize.packaging.PackagedFunction;
import io.openmonetize.packaging.Surroundings;
import java.io.IOException;

final class ColdIngestBench extends ColdStartBench {
  ColdIngestBench() {
    super("ingest-api", "a key looked up", new IngestTraining());
  }

  @Override
  protected Answer first(Surroundings surroundings, PackagedFunction process)
      throws IOException, InterruptedException {
    HttpCall call =
        HttpCall.post("/v1/events/ingest", "{\"events\":[]}").with("x-api-key", surroundings.key());
    Answer answer = process.invoke(call.event());
    call.payload(answer, 400);
    return answer;
  }
}
