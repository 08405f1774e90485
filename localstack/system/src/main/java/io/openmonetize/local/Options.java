package io.openmonetize.local;

import io.openmonetize.config.ConfigurationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What follows a command: names that begin with two dashes, each with a value. */
record Options(Map<String, String> values) {
  /**
   * @param arguments the command itself first
   * @throws ConfigurationException with the usage, when there is anything but these names
   */
  static Options of(List<String> arguments, Set<String> names, String usage) {
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (!names.contains(name) || i + 1 == arguments.size()) {
        throw new ConfigurationException("usage: ./om " + usage);
      }
      values.put(name, arguments.get(i + 1));
    }
    return new Options(values);
  }

  @Nullable String text(String name) {
    return values.get(name);
  }

  /**
   * @throws ConfigurationException when it is no time
   */
  Instant time(String name, Instant fallback) {
    String text = values.get(name);
    try {
      return text == null ? fallback : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ConfigurationException(name + " must be a time such as 2026-07-01T00:00:00Z");
    }
  }

  /**
   * @throws ConfigurationException when it is no whole number in the range, both ends included
   */
  int number(String name, int fallback, int least, int most) {
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
