package io.openmonetize.local;

import io.openmonetize.local.parts.Reply;
import io.openmonetize.local.parts.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes up answers of various lengths and costs. */
final class DemoModel {
  private static final List<String> WORDS =
      List.of(
          "Usage ",
          "is ",
          "counted ",
          "once, ",
          "priced ",
          "exactly, ",
          "and ",
          "shown ",
          "to ",
          "whoever ",
          "pays ",
          "for ",
          "it. ");

  private final RandomGenerator random;

  DemoModel(RandomGenerator random) {
    this.random = random;
  }

  Reply reply(byte[] request) {
    List<String> pieces = new ArrayList<>();
    int words = random.nextInt(12, 60);
    for (int i = 0; i < words; i++) {
      pieces.add(WORDS.get(i % WORDS.size()));
    }
    boolean cached = random.nextInt(3) == 0;
    // Of the models that the demo calls, only Anthropic's have a price for writing to a cache.
    boolean writes = cached && new String(request, StandardCharsets.UTF_8).contains("claude");
    boolean thinks = random.nextInt(4) == 0;
    return new Reply(
        pieces,
        new Tokens(
            request.length / 4 + random.nextInt(20, 900),
            cached ? random.nextInt(1024, 6000) : 0,
            writes ? random.nextInt(1024, 3000) : 0,
            0,
            words * 4L / 3,
            thinks ? random.nextInt(60, 800) : 0));
  }
}
