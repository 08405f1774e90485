package io.openmonetize.usage;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body over and over, cut into pieces in different ways. What comes of it must be what
 * came of the whole.
 *
 * @param tried how many ways of cutting
 * @param differing in how many of them something else came out
 * @param firstDifference how the first of them was cut; null where there is none
 */
record Splits(int tried, int differing, @Nullable String firstDifference) {
  /** Bodies up to this size are cut in two at every place, larger ones at some. */
  private static final int EVERYWHERE = 2500;

  private static final int STEP = 37;
  private static final int[] SIZES = {1, 2, 3, 5, 7, 64, 1000};
  private static final int AT_RANDOM = 20;

  /** One way of cutting. */
  private interface Cut {
    UsageReading read();
  }

  static Splits of(RequestFacts request, ResponseFacts response, byte[] body, AnswerEnd end) {
    UsageReading whole = Readings.whole(request, response, body, end);
    Splits splits = new Splits(0, 0, null);
    for (int size : SIZES) {
      splits =
          splits.with(
              "pieces of " + size,
              whole,
              () -> Readings.inPieces(request, response, body, end, size));
    }
    int step = body.length <= EVERYWHERE ? 1 : STEP;
    for (int place = 1; place < body.length; place += step) {
      int at = place;
      splits =
          splits.with(
              "in two at " + at, whole, () -> Readings.inTwo(request, response, body, end, at));
    }
    for (int seed = 0; seed < AT_RANDOM; seed++) {
      Random random = new Random(seed);
      splits =
          splits.with(
              "at random, seed " + seed,
              whole,
              () -> Readings.atRandom(request, response, body, end, random));
    }
    return splits;
  }

  private Splits with(String how, UsageReading whole, Cut cut) {
    if (cut.read().equals(whole)) {
      return new Splits(tried + 1, differing, firstDifference);
    }
    return new Splits(tried + 1, differing + 1, firstDifference == null ? how : firstDifference);
  }
}
