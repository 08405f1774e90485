package io.openmonetize.storage;

import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.Source;
import io.openmonetize.events.UsageEvent;
import java.util.Objects;

/** What a report says beside the event that lies in the ledger under the same key. */
public sealed interface Comparison {
  /** The same, in all that makes a report. */
  record Same() implements Comparison {}

  /** Less: the ledger knows better already. */
  record Less() implements Comparison {}

  /**
   * More.
   *
   * @param event to be put in the place of the one that is there, not yet priced
   */
  record More(UsageEvent event) implements Comparison {}

  /** Something else, and nothing says which of the two is right. */
  record Contradiction() implements Comparison {}

  /**
   * An answer of a provider may be told better later: an answer in the background is merely queued
   * at first, and a stream that broke is read again. Or it is told twice: by the proxy that it went
   * through, and by an SDK in the application. The one that knows more is right, and of two that
   * know as much the proxy, which read the provider's own words. Where the reporter chose the
   * identity, a second report with other words is a mistake of the reporter, except that any report
   * settles a call that is unaccounted.
   */
  static Comparison of(LedgerEntry.Event there, UsageEvent report) {
    UsageEvent known = there.stored().event();
    Knowledge before = Knowledge.of(known);
    Knowledge now = Knowledge.of(report);
    if (now == Knowledge.UNACCOUNTED && before != Knowledge.UNACCOUNTED) {
      return new Less();
    }
    if (before == Knowledge.UNACCOUNTED && now != Knowledge.UNACCOUNTED) {
      return new More(report);
    }
    boolean providersIdentity =
        switch (report.identity()) {
          case EventIdentity.ByResponse _, EventIdentity.ByBatchLine _ -> true;
          case EventIdentity.ById _, EventIdentity.ByIdempotencyKey _ -> false;
        };
    if (providersIdentity && (before != now || known.source() != report.source())) {
      boolean more = before == now ? report.source() == Source.PROXY : now.isMoreThan(before);
      return more ? new More(better(known, report)) : new Less();
    }
    if (EventItem.saysTheSame(there.item(), report)) {
      return new Same();
    }
    // An event that was told better keeps the attribution of its first report.
    return there.revision() > 0 && EventItem.sayTheSame(known, better(known, report))
        ? new Same()
        : new Contradiction();
  }

  /**
   * The call that was made, with the use that a later reading of its answer told: time, attribution
   * and metadata are the first report's. How the call went, only the proxy can say.
   */
  private static UsageEvent better(UsageEvent known, UsageEvent report) {
    String model = report.model() == null ? known.model() : report.model();
    String asked = known.requestedModel() == null ? known.model() : known.requestedModel();
    if (asked == null) {
      asked = report.requestedModel();
    }
    UsageEvent measured = known.endpoint() == null ? report : known;
    return new UsageEvent(
        known.eventId(),
        known.identity(),
        known.type(),
        known.timestamp(),
        report.source(),
        known.environment(),
        known.apiKeyId(),
        known.attribution(),
        known.provider(),
        model,
        Objects.equals(asked, model) ? null : asked,
        measured.endpoint(),
        measured.streamed(),
        report.usage(),
        measured.call());
  }
}
