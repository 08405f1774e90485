package io.openmonetize.query.packaged;

import io.openmonetize.packaging.PackageContract;

final class PackagedQueryIT extends PackageContract {
  PackagedQueryIT() {
    super("query", new QueryTraining());
  }
}
