package io.openmonetize.storage;

import io.openmonetize.digest.Sha256;
import io.openmonetize.events.Provider;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of a rollup item.
 *
 * <pre>
 * ROLLUP#A#&lt;shard&gt;#&lt;grain&gt;#&lt;kind&gt;#&lt;bucket&gt;              all customers
 * ROLLUP#C#&lt;customer&gt;#&lt;grain&gt;#&lt;kind&gt;#&lt;bucket&gt;           one customer
 * ROLLUP#U#&lt;customer&gt;#&lt;user&gt;#&lt;grain&gt;#&lt;kind&gt;#&lt;bucket&gt;    one user of one customer
 * ROLLUP#F#&lt;feature&gt;#&lt;shard&gt;#D#C#&lt;bucket&gt;                   one feature of all customers
 * ROLLUP#M#&lt;provider&gt;#&lt;model&gt;#&lt;shard&gt;#D#C#&lt;bucket&gt;          one model of all customers
 * </pre>
 *
 * <p>with the sort key {@code <slot>#<dimension>}, so that a month of days, or a day of hours, is
 * one Query (one a shard for all customers) and reads an item for each day and (feature, provider,
 * model) that had any use: as many at ten events as at ten billion. The kind of dimension is in the
 * partition, since a summary must not read a line for every customer, nor the list of customers a
 * line for every model. For all customers, what pages ask for most is summed up further: as a
 * whole, by model and by feature, since each use of theirs is an item in each shard.
 *
 * <p>What is hot: the partitions of today in the scope of all customers, which every transaction
 * writes (day and hour, by use, model and customer and as a whole, the day by feature and the week
 * by customer). One transaction writes the sums by use to one shard, and each shard takes 500 item
 * writes a second, at two write units each. Sums by customer have the shard of their customer
 * instead, one of {@link #CUSTOMER_SHARDS}: a customer's transactions follow one another on its own
 * items anyway, and so a list of customers reads one item a customer and day, not one a shard more.
 * A customer's own partitions are written by that customer's transactions alone. Day and hour lie
 * in different partitions, so neither pays for the other.
 *
 * <p>What it costs: a transaction for one customer writes 10 items in the scope of all, 1 each for
 * its features and models, 2 in the customer's, and 3 for each of its users, each once however many
 * events were folded into it: at 50 events of one user and use 34 write units, 0.68 an event beside
 * the event's own 4.
 *
 * @param start of the hour, day or week that the item counts
 * @param shard 0 in the scopes of one customer
 */
public record RollupKey(
    RollupScope scope, Grain grain, Instant start, RollupDimension dimension, int shard) {
  /** Of the sums by customer: never to be changed, since a customer's shard follows from it. */
  static final int CUSTOMER_SHARDS = 4;

  public RollupKey {
    start = grain.floor(start);
  }

  public String partition() {
    return partition(scope, shard, grain, dimension.kind(), grain.bucket(start));
  }

  public String sort() {
    String slot = grain.slot(start);
    return switch (dimension) {
      case RollupDimension.Use(String feature, Provider provider, String model) ->
          KeyPart.join(slot, feature, provider == null ? null : provider.name(), model);
      case RollupDimension.Customer(String customerId) -> KeyPart.join(slot, customerId);
      case RollupDimension.User(String userId) -> KeyPart.join(slot, userId);
      case RollupDimension.Whole() -> KeyPart.join(slot, null);
      case RollupDimension.Model(Provider provider, String model) ->
          KeyPart.join(slot, provider == null ? null : provider.name(), model);
      case RollupDimension.Feature(String featureId) -> KeyPart.join(slot, featureId);
    };
  }

  static String partition(
      RollupScope scope, int shard, Grain grain, RollupDimension.Kind kind, String bucket) {
    return switch (scope) {
      case RollupScope.All() ->
          KeyPart.join("ROLLUP", "A", Integer.toString(shard), grain.code(), kind.code(), bucket);
      case RollupScope.OfCustomer(String customerId) ->
          KeyPart.join("ROLLUP", "C", customerId, grain.code(), kind.code(), bucket);
      case RollupScope.OfUser(String customerId, String userId) ->
          KeyPart.join("ROLLUP", "U", customerId, userId, grain.code(), kind.code(), bucket);
      case RollupScope.OfFeature(String featureId) ->
          KeyPart.join(
              "ROLLUP", "F", featureId, Integer.toString(shard), grain.code(), kind.code(), bucket);
      case RollupScope.OfModel(Provider provider, String model) ->
          KeyPart.join(
              "ROLLUP",
              "M",
              provider == null ? null : provider.name(),
              model,
              Integer.toString(shard),
              grain.code(),
              kind.code(),
              bucket);
    };
  }

  /** The key whose {@link #partition()} and {@link #sort()} these are. */
  static RollupKey of(String partition, String sort) {
    @Nullable String[] parts = KeyPart.split(partition);
    int shard = 0;
    RollupScope scope;
    switch (part(parts, 1)) {
      case "A" -> {
        scope = new RollupScope.All();
        shard = Integer.parseInt(part(parts, 2));
      }
      case "C" -> scope = new RollupScope.OfCustomer(part(parts, 2));
      case "F" -> {
        scope = new RollupScope.OfFeature(part(parts, 2));
        shard = Integer.parseInt(part(parts, 3));
      }
      case "M" -> {
        scope =
            new RollupScope.OfModel(parts[2] == null ? null : Provider.valueOf(parts[2]), parts[3]);
        shard = Integer.parseInt(part(parts, 4));
      }
      default -> scope = new RollupScope.OfUser(part(parts, 2), part(parts, 3));
    }
    int last = parts.length - 1;
    Grain grain = Grain.ofCode(part(parts, last - 2));
    RollupDimension.Kind kind = RollupDimension.Kind.USE;
    for (RollupDimension.Kind each : RollupDimension.Kind.values()) {
      if (each.code().equals(part(parts, last - 1))) {
        kind = each;
      }
    }
    return new RollupKey(
        scope, grain, grain.start(part(parts, last), slot(sort)), dimension(kind, sort), shard);
  }

  /** The shard of a customer's sums among all customers. */
  static int shardOf(String customerId) {
    return Math.floorMod(Sha256.of(customerId)[0], CUSTOMER_SHARDS);
  }

  private static String part(@Nullable String[] parts, int index) {
    return Objects.requireNonNull(parts[index], "a part of a rollup's key is empty");
  }

  /** The slot that opens a sort key: the day of the month or the hour of the day. */
  static String slot(String sort) {
    return sort.substring(0, sort.indexOf('#'));
  }

  static RollupDimension dimension(RollupDimension.Kind kind, String sort) {
    @Nullable String[] parts = KeyPart.split(sort);
    return switch (kind) {
      case USE ->
          new RollupDimension.Use(
              Objects.requireNonNull(parts[1], "a rollup's key has no feature"),
              parts[2] == null ? null : Provider.valueOf(parts[2]),
              parts[3]);
      case CUSTOMER ->
          new RollupDimension.Customer(
              Objects.requireNonNull(parts[1], "a rollup's key has no customer"));
      case USER -> new RollupDimension.User(parts[1]);
      case WHOLE -> new RollupDimension.Whole();
      case MODEL ->
          new RollupDimension.Model(parts[1] == null ? null : Provider.valueOf(parts[1]), parts[2]);
      case FEATURE ->
          new RollupDimension.Feature(
              Objects.requireNonNull(parts[1], "a rollup's key has no feature"));
    };
  }
}
