package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.EventItem;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the whole table and checks the ledger's law with means of its own: from the events that are
 * there it computes each sum that must be there, to the last counter, and there must be no other.
 * It knows the layout by its written form, for ids that need no escaping.
 */
final class LedgerAudit {
  private final List<StoredEvent> events = new ArrayList<>();
  private final Map<String, Map<String, BigDecimal>> found = new TreeMap<>();
  private final Map<String, Map<String, BigDecimal>> lateOfAll = new TreeMap<>();
  private final Map<String, Map<String, BigDecimal>> lateOfCustomers = new TreeMap<>();

  private LedgerAudit() {}

  /** The events of a ledger whose sums were found right. */
  static List<StoredEvent> check(DynamoDbClient dynamoDb, String table) {
    return check(
        dynamoDb.scanPaginator(s -> s.tableName(table).consistentRead(true)).items().stream()
            .toList());
  }

  /**
   * @param items of the whole table
   */
  static List<StoredEvent> check(List<Map<String, AttributeValue>> items) {
    LedgerAudit audit = new LedgerAudit();
    items.forEach(audit::read);
    audit.found.values().removeIf(Map::isEmpty);
    assertThat(audit.found).isEqualTo(audit.expected());
    assertThat(audit.lateOfAll).isEqualTo(audit.lateOfCustomers);
    return audit.events;
  }

  private void read(Map<String, AttributeValue> item) {
    String pk = item.get("pk").s();
    if (pk.startsWith("EVENT#")) {
      if (item.containsKey("mk") || !item.get("sk").s().equals("EVENT")) {
        return;
      }
      events.add(EventItem.read(item));
      return;
    }
    if (List.of("RERATE", "REPRICING", "SUM_LAYOUT").contains(pk)) {
      return;
    }
    if (pk.startsWith("LATE#")) {
      readLate(item);
      return;
    }
    assertThat(pk).startsWith("ROLLUP#");
    String name =
        pk.replaceFirst("^ROLLUP#A#\\d+#", "ROLLUP#A#*#")
                .replaceFirst("^(ROLLUP#[FM]#.*)#\\d+(#D#C#)", "$1#*$2")
            + " "
            + item.get("sk").s();
    addNumbers(item, found.computeIfAbsent(name, n -> new TreeMap<>()));
  }

  /** They are no sums of events, but those of all customers are the sum of each one's. */
  private void readLate(Map<String, AttributeValue> item) {
    boolean all = item.get("pk").s().startsWith("LATE#A#");
    addNumbers(
        item,
        (all ? lateOfAll : lateOfCustomers)
            .computeIfAbsent(item.get("sk").s(), day -> new TreeMap<>()));
  }

  private static void addNumbers(Map<String, AttributeValue> item, Map<String, BigDecimal> sum) {
    item.forEach(
        (counter, value) -> {
          if (value.n() != null) {
            add(sum, counter, new BigDecimal(value.n()));
          }
        });
  }

  private Map<String, Map<String, BigDecimal>> expected() {
    Map<String, Map<String, BigDecimal>> sums = new TreeMap<>();
    for (StoredEvent stored : events) {
      for (String name : sumsOf(stored.event())) {
        count(stored, sums.computeIfAbsent(name, n -> new TreeMap<>()));
      }
    }
    return sums;
  }

  private static List<String> sumsOf(UsageEvent event) {
    String time = event.timestamp().toString();
    String month = time.substring(0, 7);
    String day = time.substring(8, 10);
    String date = time.substring(0, 10);
    String hour = time.substring(11, 13);
    String customer = event.attribution().customerId();
    String user = event.attribution().userId();
    String use =
        event.attribution().featureId()
            + "#"
            + (event.provider() == null ? "" : event.provider())
            + "#"
            + (event.model() == null ? "" : event.model());
    List<String> names = new ArrayList<>();
    names.add("ROLLUP#A#*#D#F#" + month + " " + day + "#" + use);
    names.add("ROLLUP#A#*#H#F#" + date + " " + hour + "#" + use);
    names.add("ROLLUP#A#*#D#C#" + month + " " + day + "#" + customer);
    names.add("ROLLUP#A#*#H#C#" + date + " " + hour + "#" + customer);
    String monday =
        LocalDate.parse(date).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
    String week = monday.substring(0, 4) + " " + monday.substring(5);
    names.add("ROLLUP#A#*#W#C#" + week + "#" + customer);
    String feature = event.attribution().featureId();
    String model = use.substring(feature.length() + 1);
    names.add("ROLLUP#A#*#D#T#" + month + " " + day + "#");
    names.add("ROLLUP#A#*#H#T#" + date + " " + hour + "#");
    names.add("ROLLUP#A#*#D#M#" + month + " " + day + "#" + model);
    names.add("ROLLUP#A#*#H#M#" + date + " " + hour + "#" + model);
    names.add("ROLLUP#A#*#D#P#" + month + " " + day + "#" + feature);
    names.add("ROLLUP#F#" + feature + "#*#D#C#" + month + " " + day + "#" + customer);
    names.add("ROLLUP#M#" + model + "#*#D#C#" + month + " " + day + "#" + customer);
    names.add("ROLLUP#C#" + customer + "#D#F#" + month + " " + day + "#" + use);
    names.add("ROLLUP#C#" + customer + "#H#F#" + date + " " + hour + "#" + use);
    names.add(
        "ROLLUP#C#" + customer + "#D#U#" + month + " " + day + "#" + (user == null ? "" : user));
    if (user != null) {
      names.add("ROLLUP#U#" + customer + "#" + user + "#D#F#" + month + " " + day + "#" + use);
      names.add("ROLLUP#U#" + customer + "#" + user + "#H#F#" + date + " " + hour + "#" + use);
    }
    return names;
  }

  private static void count(StoredEvent stored, Map<String, BigDecimal> sum) {
    UsageEvent event = stored.event();
    add(sum, "n", BigDecimal.ONE);
    add(sum, "s:" + event.usage().status().wireName(), BigDecimal.ONE);
    if (event.usage().reason() != null && event.usage().reason().startsWith("invariant: ")) {
      add(sum, "q", BigDecimal.ONE);
    }
    add(sum, "k:" + event.call().status().wireName(), BigDecimal.ONE);
    switch (stored.cost()) {
      case Cost.Priced(BigDecimal usd, String _) -> add(sum, "c", usd);
      case Cost.Unpriced(String _, String _, BigDecimal known) -> {
        add(sum, "x", BigDecimal.ONE);
        add(sum, "xc", known);
      }
    }
    if (!event.type().name().equals("TOKEN_USAGE")) {
      add(sum, "e:" + event.type(), BigDecimal.ONE);
      switch (stored.cost()) {
        case Cost.Priced(BigDecimal usd, String _) -> add(sum, "d:" + event.type(), usd);
        case Cost.Unpriced _ -> add(sum, "x:" + event.type(), BigDecimal.ONE);
      }
    }
    event
        .usage()
        .lines()
        .forEach(
            line -> {
              line.tokens()
                  .byClass()
                  .forEach(
                      (tokens, count) -> add(sum, code(tokens.name()), BigDecimal.valueOf(count)));
              line.units().forEach((unit, count) -> add(sum, "u:" + unit, count));
            });
  }

  private static String code(String tokenClass) {
    return switch (tokenClass) {
      case "INPUT" -> "t:i";
      case "CACHE_READ" -> "t:r";
      case "OUTPUT" -> "t:o";
      default -> throw new AssertionError("these tests use no " + tokenClass);
    };
  }

  private static void add(Map<String, BigDecimal> sum, String counter, BigDecimal count) {
    BigDecimal total = sum.getOrDefault(counter, BigDecimal.ZERO).add(count).stripTrailingZeros();
    if (total.signum() == 0) {
      sum.remove(counter);
    } else {
      sum.put(counter, total);
    }
  }
}
