package io.openmonetize.proxy.packaged;

import io.openmonetize.packaging.PackageContract;

final class PackagedProxyIT extends PackageContract {
  PackagedProxyIT() {
    super("proxy", new ProxyTraining());
  }
}
