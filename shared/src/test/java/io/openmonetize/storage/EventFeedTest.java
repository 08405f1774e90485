package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFeedTest extends StoreTest {
  private static final Instant FROM = Instant.parse("2026-04-20T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-07-10T00:00:00Z");

  private final RandomEvents random =
      new RandomEvents(7, Instant.parse("2026-06-28T00:00:00Z"), Duration.ofDays(6));
  private final List<StoredEvent> events = new ArrayList<>();
  private EventFeed feed;

  @BeforeEach
  void bookSome() {
    events.addAll(random.list(60));
    // Months before, with nothing between.
    events.addAll(
        new RandomEvents(8, Instant.parse("2026-05-03T00:00:00Z"), Duration.ofDays(1)).list(6));
    book(events);
    feed = new EventFeed(dynamoDb, tables.usage(), LAYOUT);
  }

  static List<EventFilter> filters() {
    return List.of(
        EventFilter.ALL,
        EventFilter.ofCustomer("acme"),
        EventFilter.ofCustomer("a#b"),
        EventFilter.ofCustomer("nobody"),
        new EventFilter("acme", "x", null, null, null, null, null, null, null, null),
        new EventFilter(null, "x", null, null, null, null, null, null, null, null),
        new EventFilter(null, null, "#", null, null, null, null, null, null, null),
        new EventFilter(null, null, null, Provider.OPENAI, "gpt-5.5", null, null, null, null, null),
        new EventFilter(null, null, null, null, null, CallStatus.TIMEOUT, null, null, null, null),
        new EventFilter(null, null, null, null, null, null, null, null, true, null),
        new EventFilter("acme", null, null, null, null, null, null, null, false, false));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void page_oneAfterTheOther_listsEachMatchOnceNewestFirst(EventFilter filter) throws Exception {
    assertThat(allPages(filter, FROM, TO, 7)).containsExactlyElementsOf(matching(filter, FROM, TO));
  }

  @Test
  void page_timesWithinTheFeed_includeTheirStartAndNotTheirEnd() throws Exception {
    List<StoredEvent> all = matching(EventFilter.ALL, FROM, TO);
    Instant from = all.get(40).event().timestamp();
    Instant to = all.get(10).event().timestamp();

    assertThat(allPages(EventFilter.ALL, from, to, 100))
        .containsExactlyElementsOf(all.subList(11, 41));
  }

  @Test
  void page_whileEventsArrive_neitherSkipsNorRepeats() throws Exception {
    List<StoredEvent> before = matching(EventFilter.ALL, FROM, TO);
    List<StoredEvent> listed = new ArrayList<>();
    String cursor = null;
    do {
      EventPage page = feed.page(EventFilter.ALL, FROM, TO, 10, cursor);
      listed.addAll(page.events());
      cursor = page.nextCursor();
      book(random.list(5));
    } while (cursor != null);

    assertThat(listed).doesNotHaveDuplicates();
    assertThat(listed).filteredOn(before::contains).containsExactlyElementsOf(before);
  }

  @Test
  void page_nothingLeft_hasNoCursor() throws Exception {
    EventPage page = feed.page(EventFilter.ALL, FROM, TO, 66, null);

    assertThat(page.events()).hasSize(66);
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void page_manyEventsAndNoMatch_endsEarlyWithACursor() throws Exception {
    Instant day = Instant.parse("2026-03-01T00:00:00Z");
    for (int i = 0; i < 3; i++) {
      book(new RandomEvents(i, day, Duration.ofHours(1)).list(1_000));
    }
    EventFilter filter =
        new EventFilter(null, "nobody", null, null, null, null, null, null, null, null);

    EventPage page = feed.page(filter, day, day.plus(Duration.ofDays(1)), 10, null);

    assertThat(page.events()).isEmpty();
    assertThat(page.nextCursor()).isNotNull();
    assertThat(allPages(filter, day, day.plus(Duration.ofDays(1)), 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "%%%", "MjAyNg", "null", "ä", "OTk5OS05OS05OVQ5OTo5OTo5OS45OTla"})
  void page_textThatIsNoCursor_isRefused(String cursor) {
    assertThatThrownBy(() -> feed.page(EventFilter.ALL, FROM, TO, 10, cursor))
        .isInstanceOf(InvalidCursorException.class);
  }

  @Test
  void page_cursorOfLaterTime_stillKeepsToTheRange() throws Exception {
    String cursor = new FeedPosition("9999-12-31T23:59:59.999Z").cursor();

    assertThat(feed.page(EventFilter.ALL, FROM, TO, 100, cursor).events()).hasSize(66);
  }

  private List<StoredEvent> allPages(EventFilter filter, Instant from, Instant to, int limit)
      throws InvalidCursorException {
    List<StoredEvent> listed = new ArrayList<>();
    String cursor = null;
    do {
      EventPage page = feed.page(filter, from, to, limit, cursor);
      assertThat(page.events()).hasSizeLessThanOrEqualTo(limit);
      listed.addAll(page.events());
      cursor = page.nextCursor();
    } while (cursor != null);
    return listed;
  }

  private List<StoredEvent> matching(EventFilter filter, Instant from, Instant to) {
    return events.stream()
        .filter(stored -> filter.matches(stored))
        .filter(stored -> !stored.event().timestamp().isBefore(from))
        .filter(stored -> stored.event().timestamp().isBefore(to))
        .sorted(Comparator.comparing(EventFeedTest::sort).reversed())
        .toList();
  }

  private static String sort(StoredEvent stored) {
    return EventItem.write(stored, LAYOUT).get("cfsk").s();
  }
}
