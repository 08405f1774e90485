package io.openmonetize.query.routes;

import io.openmonetize.events.Provider;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.storage.RollupFilter;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The filters that all routes of sums share. */
final class UsageFilter {
  static final Set<String> PARAMETERS =
      Set.of("customer_id", "user_id", "feature_id", "provider", "model");

  private UsageFilter() {}

  /**
   * @throws Refusal when another customer is asked for than the caller may see, or a user without a
   *     customer
   */
  static RollupFilter read(QueryParameters parameters, Caller caller) {
    String customerId = caller.confine(parameters.text("customer_id"));
    String userId = parameters.text("user_id");
    if (userId != null && customerId == null) {
      throw Refusal.invalid(
          "user_id",
          "needs customer_id: a user belongs to a customer, and two customers may have users of"
              + " the same name");
    }
    return new RollupFilter(
        customerId,
        userId,
        parameters.text("feature_id"),
        parameters.oneOf("provider", Provider.values(), Provider::name),
        parameters.text("model"));
  }

  static Set<String> with(String... more) {
    return Stream.concat(PARAMETERS.stream(), Arrays.stream(more))
        .collect(Collectors.toUnmodifiableSet());
  }
}
