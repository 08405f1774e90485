package io.openmonetize.query.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where buckets begin in zones whose days are not all 24 whole hours of UTC. */
class BucketsTest {
  @ParameterizedTest
  @CsvSource({
    // 23 and 25 hours.
    "DAY,Europe/Berlin,2026-03-28T23 2026-03-29T22 2026-03-30T22",
    "DAY,Europe/Berlin,2026-10-24T22 2026-10-25T23 2026-10-26T23",
    // Half an hour and three quarters off the hours of UTC: from the next whole one.
    "DAY,Asia/Kolkata,2026-10-31T19 2026-11-01T19 2026-11-02T19",
    "DAY,Pacific/Chatham,2026-09-04T12 2026-09-05T12 2026-09-06T12",
    // Half an hour of summer time.
    "DAY,Australia/Lord_Howe,2026-10-02T14 2026-10-03T14 2026-10-04T13",
    // No midnight, and two of them.
    "DAY,America/Santiago,2026-09-05T04 2026-09-06T04 2026-09-07T03",
    "DAY,America/Havana,2026-10-31T04 2026-11-01T04 2026-11-02T05",
    // A day that was left out.
    "DAY,Pacific/Apia,2011-12-29T10 2011-12-30T10 2011-12-31T10",
    "WEEK,Europe/Berlin,2026-10-18T22 2026-10-25T23 2026-11-01T23",
    "MONTH,Asia/Kolkata,2026-10-31T19 2026-11-30T19 2026-12-31T19",
  })
  void edges_ofAZone_areItsDaysOnWholeHours(Buckets bucket, String zone, String hours) {
    Instant[] edges =
        Arrays.stream(hours.split(" "))
            .map(hour -> Instant.parse(hour + ":00:00Z"))
            .toArray(Instant[]::new);

    assertThat(bucket.edges(new TimeRange(edges[0], edges[2]), ZoneId.of(zone), "bucket"))
        .containsExactly(edges);
  }

  @ParameterizedTest
  @CsvSource({"DAY", "WEEK", "MONTH", "HOUR"})
  void edges_rangeWithinABucket_areItsOwn(Buckets bucket) {
    TimeRange range =
        new TimeRange(Instant.parse("2026-11-03T10:00:00Z"), Instant.parse("2026-11-03T11:00:00Z"));

    assertThat(bucket.edges(range, ZoneId.of("UTC"), "bucket"))
        .containsExactly(range.from(), range.to());
  }
}
