package io.openmonetize.query.packaged;

import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import io.openmonetize.packaging.ColdStartBench;
import io.openmonetize.packaging.HttpCall;
import io.openmonetize.packaging.PackagedFunction;
import io.openmonetize.packaging.Surroundings;
import java.io.IOException;

final class ColdQueryBench extends ColdStartBench {
  ColdQueryBench() {
    super("query", "the last event", new QueryTraining());
  }

  @Override
  protected Answer first(Surroundings surroundings, PackagedFunction process)
      throws IOException, InterruptedException {
    HttpCall call =
        HttpCall.get("/v1/events?limit=1").with("authorization", "Bearer " + surroundings.key());
    Answer answer = process.invoke(call.event());
    call.payload(answer, 200);
    return answer;
  }
}
