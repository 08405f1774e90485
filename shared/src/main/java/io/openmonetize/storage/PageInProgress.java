package io.openmonetize.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A page while it is being read: what was found, how far it came, what it may still read. */
final class PageInProgress {
  private static final int FILTERED_CHUNK = 200;
  private static final int SPARE_IN_CHUNK = 8;

  /**
   * A month costs a query a shard, though it may find little: more than an item, less than a day.
   */
  private static final int MONTH_PRICE = 50;

  private final EventFilter filter;
  private final Instant from;
  private final Instant to;
  private final int limit;
  private final List<StoredEvent> events = new ArrayList<>();
  private FeedPosition position;
  private int readsLeft = EventFeed.ITEMS_AT_MOST;
  private boolean moreFollows;

  PageInProgress(EventFilter filter, Instant from, Instant to, int limit, FeedPosition position) {
    this.filter = filter;
    this.from = from;
    this.to = to;
    this.limit = limit;
    this.position = position;
  }

  EventFilter filter() {
    return filter;
  }

  Instant from() {
    return from;
  }

  FeedPosition position() {
    return position;
  }

  /** How many items to ask of one of so many lanes at a time. */
  int chunk(int lanes) {
    return filter.isSelective() ? FILTERED_CHUNK : limit / lanes + SPARE_IN_CHUNK;
  }

  void countRead(int items) {
    readsLeft -= items;
  }

  void countMonth() {
    readsLeft -= MONTH_PRICE;
  }

  /** Takes the next event of the feed in; false when the page ends before it or with it. */
  boolean add(StoredEvent stored, String sort) {
    if (matches(stored)) {
      if (events.size() == limit) {
        moreFollows = true;
        return false;
      }
      events.add(stored);
    }
    position = new FeedPosition(sort);
    return mayGoOn();
  }

  /** Nothing from this time on is left to read; false when the page ends here. */
  boolean passed(Instant time) {
    position = position.earlier(FeedPosition.before(time));
    return mayGoOn();
  }

  EventPage finish() {
    return new EventPage(events, moreFollows ? position.cursor() : null);
  }

  private boolean mayGoOn() {
    moreFollows = readsLeft <= 0;
    return !moreFollows;
  }

  private boolean matches(StoredEvent stored) {
    Instant timestamp = stored.event().timestamp();
    return !timestamp.isBefore(from) && timestamp.isBefore(to) && filter.matches(stored);
  }
}
