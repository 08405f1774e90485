package io.openmonetize.query.packaged;

import io.openmonetize.packaging.OneCall;
import io.openmonetize.packaging.PackageContract;
import io.openmonetize.query.OperatorsFunction;
import org.junit.jupiter.api.Test;

final class PackagedQueryIT extends PackageContract {
  PackagedQueryIT() {
    super("query", new QueryTraining());
  }

  @Test
  void start_asTheOtherHandler_answers() throws Exception {
    callAs(new OneCall(OperatorsFunction.class.getName(), "{}", "{\"names\":[]}"));
  }
}
