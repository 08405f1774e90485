package io.openmonetize.local.parts;

/**
 * The tokens of one answer in disjoint classes; each stand-in writes them the way of its provider.
 *
 * @param input neither read from nor written to a cache
 * @param cacheWrite written for five minutes (Anthropic), or for the provider's usual time
 * @param output less reasoning
 */
public record Tokens(
    long input, long cacheRead, long cacheWrite, long cacheWrite1h, long output, long reasoning) {

  public static Tokens of(long input, long output) {
    return new Tokens(input, 0, 0, 0, output, 0);
  }

  long allInput() {
    return input + cacheRead + cacheWrite + cacheWrite1h;
  }

  long allOutput() {
    return output + reasoning;
  }
}
