package io.openmonetize.local;

/** Every page of the dashboard, and what opens over one. */
enum DashboardPage {
  OVERVIEW("/overview"),
  ACTIVITY("/activity"),
  EVENT("/activity") {
    @Override
    String path(TestSystem test) throws Exception {
      return "/activity?event=" + test.events("initech").get(0).path("id").asText();
    }
  },
  ANALYTICS("/analytics"),
  ANALYTICS_TABLE("/analytics?group=customer&view=table&range=7d"),
  CUSTOMERS("/customers"),
  CUSTOMER("/customers/initech"),
  PRICES("/prices"),
  PRICES_OF_A_MODEL("/prices?q=opus&open=ANTHROPIC:claude-4-5-opus"),
  PIPELINE("/pipeline"),
  AUDIT("/audit"),
  PLAYGROUND("/playground"),
  API_KEYS("/settings/api-keys"),
  ACCOUNT("/settings/account"),
  OPERATORS("/settings/operators"),
  DEPLOYMENT("/settings/deployment"),
  NOT_FOUND("/no-such-page");

  private final String path;

  DashboardPage(String path) {
    this.path = path;
  }

  /**
   * Behind the {@code #} of the address; of a system that {@link MixedTraffic} went through.
   *
   * @throws Exception when the system can't be asked for an event to be shown
   */
  String path(TestSystem test) throws Exception {
    return path;
  }
}
