package io.openmonetize.local;

import io.openmonetize.config.ConfigurationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows a command: names that begin with two dashes, each with a value or alone.
 *
 * @param flags those that stand alone
 */
public record Options(Map<String, String> values, Set<String> flags) {
  /**
   * @param arguments the command itself first
   * @param names of those with a value
   * @throws ConfigurationException with the usage, when there is anything but these names, or one
   *     of them twice
   */
  public static Options of(List<String> arguments, Set<String> names, String usage) {
    return of(arguments, names, Set.of(), usage);
  }

  /**
   * As {@link #of(List, Set, String)}.
   *
   * @param flags names of those that stand alone
   */
  public static Options of(
      List<String> arguments, Set<String> names, Set<String> flags, String usage) {
    Map<String, String> values = new HashMap<>();
    Set<String> set = new HashSet<>();
    for (int i = 1; i < arguments.size(); i++) {
      String name = arguments.get(i);
      boolean withValue = names.contains(name) && i + 1 < arguments.size();
      if (!(withValue || flags.contains(name)) || !set.add(name)) {
        throw new ConfigurationException("usage: ./om " + usage);
      }
      if (withValue) {
        values.put(name, arguments.get(++i));
      }
    }
    return new Options(values, set);
  }

  public boolean has(String name) {
    return flags.contains(name);
  }

  public @Nullable String text(String name) {
    return values.get(name);
  }

  /**
   * @throws ConfigurationException when it is no time
   */
  public Instant time(String name, Instant fallback) {
    String text = values.get(name);
    try {
      if (text == null) {
        return fallback;
      }
      Instant time = Instant.parse(text);
      // A sign opens years of more than four digits, which no event has.
      if (Character.isDigit(text.charAt(0))) {
        return time;
      }
    } catch (DateTimeException e) {
      // As for a year of too many digits.
    }
    throw new ConfigurationException(name + " must be a time such as 2026-07-01T00:00:00Z");
  }

  /**
   * @throws ConfigurationException when it is no whole number in the range, both ends included
   */
  public int number(String name, int fallback, int least, int most) {
    String text = values.get(name);
    try {
      int number = text == null ? fallback : Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As for a number out of range.
    }
    throw new ConfigurationException(
        "%s must be a whole number from %d to %d".formatted(name, least, most));
  }
}
