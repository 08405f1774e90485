package io.openmonetize.bench;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.storage.ReratingScope;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.Tables;
import io.openmonetize.storage.UsageLayout;
import io.openmonetize.worker.Booking;
import io.openmonetize.worker.Ledger;
import io.openmonetize.worker.Outcome;
import io.openmonetize.worker.Rerating;
import io.openmonetize.worker.ReratingReport;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What booking costs, in the write units that the server says it consumed, by an event.
 *
 * @param what was booked together
 * @param event of the event's own item, and of what it was before
 * @param feeds of its two indexes
 * @param sums its share of the rollups
 * @param marks of the marks that late settlements leave
 * @param together as the server said it of the whole, which the parts add up to
 */
public record WriteCost(
    String what,
    BigDecimal event,
    BigDecimal feeds,
    BigDecimal sums,
    BigDecimal marks,
    BigDecimal together) {
  private static final Instant CALLED = Instant.parse("2026-06-30T20:00:00Z");
  private static final Instant SOON = CALLED.plusSeconds(5);
  private static final Instant LATE = CALLED.plus(Duration.ofDays(1));
  private static final String MODEL = "claude-sonnet-4-5";
  private static final Tables TABLES = new Tables("control", "usage");

  /** On demand, in us-east-1: dollars for a million write request units. */
  private static final BigDecimal PRICE = new BigDecimal("0.625");

  public static WriteCost ofOneUser(int events) {
    String what = events == 1 ? "1" : events + " of one user";
    return measured(what, events, events, SOON, _ -> by("acme", "user"));
  }

  /** The baseline: so it is where each event is a transaction of its own. */
  public static WriteCost eachAlone(int events) {
    return measured(
        events + " of one user, a transaction each", events, 1, SOON, _ -> by("acme", "user"));
  }

  public static WriteCost ofAsManyUsers(int events) {
    String what = events + " of " + events + " users";
    return measured(what, events, events, SOON, i -> by("acme", "user-" + i));
  }

  public static WriteCost ofAsManyCustomers(int events) {
    String what = events + " of " + events + " customers";
    return measured(what, events, events, SOON, i -> by("customer-" + i, "user"));
  }

  public static WriteCost late(int events) {
    return measured(
        events + " of one user, late, with marks", events, events, LATE, _ -> by("acme", "user"));
  }

  /** Booked at another cost before, and given the right one when their day is closed. */
  public static WriteCost corrected(int events) {
    try (DynamoDbServer server = DynamoDbServer.start();
        WriteMeter meter = WriteMeter.start(server, TABLES)) {
      Cost old = new Cost.Priced(BigDecimal.ONE, "old");
      book(
          meter.unmetered(),
          IntStream.range(0, events)
              .mapToObj(i -> new StoredEvent(event(i, by("acme", "user")), old, SOON))
              .toList());
      ReratingReport report =
          new Rerating(
                  meter.client(),
                  TABLES.usage(),
                  UsageLayout.DEFAULT,
                  PriceBook.bundled(),
                  Clock.fixed(LATE, ZoneOffset.UTC),
                  new Random(1))
              .run(new ReratingScope(CALLED, LATE, "acme", false), () -> Duration.ofMinutes(1));
      if (report.totals().corrected() != events) {
        throw new IllegalStateException("not all events were corrected: " + report.totals());
      }
      return of(events + " of one user, corrected", meter.units(), events);
    }
  }

  static void print(PrintStream out) {
    out.println(
        "| booked together | event | feeds | sums | marks | write units an event"
            + " | $ a million events |");
    out.println("| --- | --- | --- | --- | --- | --- | --- |");
    for (WriteCost cost :
        List.of(
            eachAlone(50),
            ofOneUser(1),
            ofOneUser(10),
            ofOneUser(50),
            ofAsManyUsers(50),
            ofAsManyCustomers(50),
            late(50),
            corrected(50))) {
      out.printf(
          "| %s | %s | %s | %s | %s | %s | %s |%n",
          cost.what,
          shown(cost.event),
          shown(cost.feeds),
          shown(cost.sums),
          shown(cost.marks),
          shown(cost.together),
          shown(cost.together.multiply(PRICE)));
    }
  }

  private static BigDecimal shown(BigDecimal number) {
    return number.setScale(2, RoundingMode.HALF_UP);
  }

  private static WriteCost measured(
      String what, int events, int atOnce, Instant now, IntFunction<Attribution> whose) {
    try (DynamoDbServer server = DynamoDbServer.start();
        WriteMeter meter = WriteMeter.start(server, TABLES)) {
      List<StoredEvent> all =
          IntStream.range(0, events)
              .mapToObj(i -> event(i, whose.apply(i)))
              .map(e -> new StoredEvent(e, PriceBook.bundled().price(e), now))
              .toList();
      for (int from = 0; from < events; from += atOnce) {
        book(meter.client(), all.subList(from, Math.min(events, from + atOnce)));
      }
      return of(what, meter.units(), events);
    }
  }

  private static void book(DynamoDbClient client, List<StoredEvent> together) {
    for (Outcome outcome :
        new Ledger(booking(client)).recordOnce(together, () -> Duration.ofMinutes(1))) {
      if (!(outcome instanceof Outcome.Recorded)) {
        throw new IllegalStateException("an event was not booked: " + outcome);
      }
    }
  }

  private static WriteCost of(String what, WriteMeter.Units units, int events) {
    return new WriteCost(
        what,
        each(units.events(), events),
        each(units.feeds(), events),
        each(units.sums(), events),
        each(units.marks(), events),
        each(units.together(), events));
  }

  private static BigDecimal each(BigDecimal units, int events) {
    return units.divide(BigDecimal.valueOf(events), 6, RoundingMode.HALF_UP);
  }

  private static Booking booking(DynamoDbClient client) {
    return new Booking(
        client,
        TABLES.usage(),
        UsageLayout.DEFAULT,
        PriceBook.bundled()::price,
        IntentDelay.DEFAULT,
        Retention.FOR_EVER,
        new Random(1));
  }

  private static Attribution by(String customer, String user) {
    return new Attribution(customer, user, null, "chat", null);
  }

  /** A proxied call that its answer's id settles. */
  private static UsageEvent event(int number, Attribution whose) {
    String responseId = "msg_01ABCDEFGHIJKLMNOPQR" + number;
    return new UsageEvent(
        "6f1c7c1e-54b7-4f0a-9f4e-%012d".formatted(number),
        new EventIdentity.ByResponse(Provider.ANTHROPIC, responseId),
        EventType.TOKEN_USAGE,
        CALLED.plusMillis(number),
        Source.PROXY,
        "dev",
        null,
        whose,
        Provider.ANTHROPIC,
        MODEL,
        null,
        "messages",
        true,
        new Usage(
            UsageStatus.EXACT,
            null,
            new PricingTerms("standard", null, null),
            List.of(new UsageLine(MODEL, TokenCounts.of(TokenClass.INPUT, 100 + number))),
            "{\"input_tokens\":%d,\"output_tokens\":0}".formatted(100 + number)),
        new Call(CallStatus.OK, 200, null, "req_" + number, responseId, 10L, 20L));
  }
}
