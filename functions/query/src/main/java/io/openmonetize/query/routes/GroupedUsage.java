package io.openmonetize.query.routes;

import io.openmonetize.query.http.Refusal;
import io.openmonetize.storage.RangeTooLongException;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupDimension;
import io.openmonetize.storage.RollupFilter;
import io.openmonetize.storage.RollupReader;
import io.openmonetize.storage.RollupReader.By;
import io.openmonetize.storage.RollupScope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads sums by group, wherever a rollup has them. */
public final class GroupedUsage {
  private static final String ANSWERED =
      "; by customer are answered: everything, one feature_id, or one provider with one model, and"
          + " anything of one customer";

  /** Each takes reads of its own. */
  private static final int CUSTOMERS_OF_A_USER_AT_MOST = 50;

  private final RollupReader rollups;

  public GroupedUsage(RollupReader rollups) {
    this.rollups = rollups;
  }

  /** Whether the rollups of this grouping know whole days of UTC only. */
  static boolean needsWholeDays(Grouping by, RollupFilter filter) {
    return switch (by) {
      case MODEL, FEATURE, PROVIDER -> false;
      case CUSTOMER ->
          filter.customerId() == null
              && (filter.featureId() != null
                  || filter.provider() != null
                  || filter.model() != null);
      case USER -> filter.userId() == null;
    };
  }

  /**
   * For each group that has any event its sums, one for each time between two edges.
   *
   * @throws Refusal when no rollup answers, or the range would take too many reads
   */
  Map<Grouping.Key, List<Rollup>> read(Grouping by, RollupFilter filter, List<Instant> edges) {
    return bounded(
        () ->
            switch (by) {
              case MODEL ->
                  rollups.uses(
                      filter,
                      By.MODEL,
                      edges,
                      use -> new Grouping.Key(by, use.provider(), use.model()));
              case PROVIDER ->
                  rollups.uses(
                      filter, By.MODEL, edges, use -> new Grouping.Key(by, use.provider(), null));
              case FEATURE ->
                  rollups.uses(
                      filter,
                      By.FEATURE,
                      edges,
                      use -> new Grouping.Key(by, null, use.featureId()));
              case CUSTOMER -> byCustomer(filter, edges);
              case USER -> byUser(filter, edges);
            });
  }

  /** Everything that matches, as one sum for each time between two edges. */
  List<Rollup> whole(RollupFilter filter, List<Instant> edges) {
    return bounded(() -> rollups.whole(filter, edges));
  }

  /**
   * @throws Refusal when what is read would take too many reads
   */
  static <T> T bounded(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (RangeTooLongException e) {
      throw Refusal.invalid("from", "is too long before to for one answer; ask for a shorter time");
    }
  }

  /**
   * By feature, provider and model, in whole hours. A user without a customer is looked for among
   * the customers of that time.
   *
   * @throws Refusal when that would take too many reads
   */
  Map<RollupDimension.Use, List<Rollup>> byUse(
      @Nullable String customerId, @Nullable String userId, List<Instant> edges) {
    try {
      if (customerId != null || userId == null) {
        return byUse(new RollupFilter(customerId, userId, null, null, null), edges);
      }
      Set<String> customers =
          rollups.customers(List.of(edges.getFirst(), edges.getLast())).keySet();
      if (customers.size() > CUSTOMERS_OF_A_USER_AT_MOST) {
        throw Refusal.invalid(
            "userId", "needs customerId, or a key that is bound to one: there are too many to ask");
      }
      Map<RollupDimension.Use, List<Rollup>> sums = new HashMap<>();
      for (String each : customers) {
        byUse(new RollupFilter(each, userId, null, null, null), edges)
            .forEach((use, parts) -> sums.merge(use, parts, GroupedUsage::plus));
      }
      return sums;
    } catch (RangeTooLongException e) {
      throw Refusal.invalid(
          "startDate", "is too long before endDate for one answer; ask for a shorter time");
    }
  }

  private Map<RollupDimension.Use, List<Rollup>> byUse(RollupFilter filter, List<Instant> edges) {
    return rollups.uses(filter, By.USE, edges, use -> use);
  }

  private static List<Rollup> plus(List<Rollup> one, List<Rollup> other) {
    return IntStream.range(0, one.size()).mapToObj(i -> one.get(i).plus(other.get(i))).toList();
  }

  private Map<Grouping.Key, List<Rollup>> byCustomer(RollupFilter filter, List<Instant> edges) {
    String only = filter.customerId();
    if (only != null) {
      return rollups.uses(filter, By.WHOLE, edges, _ -> customer(only));
    }
    boolean ofModel = filter.provider() != null && filter.model() != null;
    boolean ofSomeModels = filter.provider() != null || filter.model() != null;
    if (filter.featureId() != null && ofSomeModels) {
      throw Refusal.invalid(
          "feature_id", "cannot be combined with provider or model by customer" + ANSWERED);
    }
    if (ofSomeModels && !ofModel) {
      throw Refusal.invalid(
          filter.provider() == null ? "model" : "provider",
          "alone does not say which customers" + ANSWERED);
    }
    Map<String, List<Rollup>> sums;
    if (filter.featureId() != null) {
      sums = rollups.customersOf(new RollupScope.OfFeature(filter.featureId()), edges);
    } else if (ofModel) {
      sums = rollups.customersOf(new RollupScope.OfModel(filter.provider(), filter.model()), edges);
    } else {
      sums = rollups.customers(edges);
    }
    Map<Grouping.Key, List<Rollup>> keyed = new HashMap<>();
    sums.forEach((customerId, parts) -> keyed.put(customer(customerId), parts));
    return keyed;
  }

  private Map<Grouping.Key, List<Rollup>> byUser(RollupFilter filter, List<Instant> edges) {
    String customerId = filter.customerId();
    if (customerId == null) {
      throw Refusal.invalid("customer_id", "is needed for users: a user belongs to a customer");
    }
    String only = filter.userId();
    if (only != null) {
      return rollups.uses(
          filter, By.WHOLE, edges, _ -> new Grouping.Key(Grouping.USER, null, only));
    }
    if (filter.featureId() != null || filter.provider() != null || filter.model() != null) {
      throw Refusal.invalid(
          "group_by",
          "user is answered for everything of a customer, or for one user_id with any filter");
    }
    Map<Grouping.Key, List<Rollup>> keyed = new HashMap<>();
    rollups
        .users(customerId, edges)
        .forEach(
            (user, parts) ->
                keyed.put(new Grouping.Key(Grouping.USER, null, user.userId()), parts));
    return keyed;
  }

  private static Grouping.Key customer(String customerId) {
    return new Grouping.Key(Grouping.CUSTOMER, null, customerId);
  }
}
