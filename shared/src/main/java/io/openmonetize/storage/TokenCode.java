package io.openmonetize.storage;

import io.openmonetize.events.TokenClass;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The short name that each token class has inside items. */
final class TokenCode {
  private static final Map<String, TokenClass> BY_CODE =
      Stream.of(TokenClass.values()).collect(Collectors.toUnmodifiableMap(TokenCode::of, c -> c));

  private TokenCode() {}

  static String of(TokenClass tokenClass) {
    return switch (tokenClass) {
      case INPUT -> "i";
      case INPUT_AUDIO -> "ia";
      case INPUT_IMAGE -> "ii";
      case INPUT_VIDEO -> "iv";
      case CACHE_READ -> "r";
      case CACHE_READ_AUDIO -> "ra";
      case CACHE_READ_IMAGE -> "ri";
      case CACHE_READ_VIDEO -> "rv";
      case CACHE_WRITE -> "w";
      case CACHE_WRITE_1H -> "w1";
      case CACHE_WRITE_12H -> "w12";
      case OUTPUT -> "o";
      case REASONING -> "g";
      case OUTPUT_AUDIO -> "oa";
      case OUTPUT_IMAGE -> "oi";
      case OUTPUT_VIDEO -> "ov";
    };
  }

  static TokenClass read(String code) {
    TokenClass tokenClass = BY_CODE.get(code);
    if (tokenClass == null) {
      throw new IllegalArgumentException("no token class has the code " + code);
    }
    return tokenClass;
  }
}
