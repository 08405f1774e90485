package io.openmonetize.usage;

import java.util.Random;

/** Reads a body in pieces of different sizes. */
final class Readings {
  private Readings() {}

  static UsageReading whole(
      RequestFacts request, ResponseFacts response, byte[] body, AnswerEnd end) {
    return inPieces(request, response, body, end, body.length);
  }

  static UsageReading inPieces(
      RequestFacts request, ResponseFacts response, byte[] body, AnswerEnd end, int size) {
    UsageReader reader = UsageReaders.of(request, response);
    for (int at = 0; at < body.length; at += size) {
      reader.read(body, at, Math.min(size, body.length - at));
    }
    return reader.finish(end);
  }

  static UsageReading inTwo(
      RequestFacts request, ResponseFacts response, byte[] body, AnswerEnd end, int at) {
    UsageReader reader = UsageReaders.of(request, response);
    reader.read(body, 0, at);
    reader.read(body, at, body.length - at);
    return reader.finish(end);
  }

  /** Each piece in a buffer of its own, so that nothing can rely on what lies beside it. */
  static UsageReading atRandom(
      RequestFacts request, ResponseFacts response, byte[] body, AnswerEnd end, Random random) {
    UsageReader reader = UsageReaders.of(request, response);
    int at = 0;
    while (at < body.length) {
      int size = Math.min(body.length - at, 1 + random.nextInt(random.nextBoolean() ? 5 : 1500));
      byte[] buffer = new byte[size + 6];
      random.nextBytes(buffer);
      System.arraycopy(body, at, buffer, 3, size);
      reader.read(buffer, 3, size);
      random.nextBytes(buffer);
      at += size;
    }
    return reader.finish(end);
  }
}
