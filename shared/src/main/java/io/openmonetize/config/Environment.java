package io.openmonetize.config;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables of a process, handed in so that a test can give its own. An empty
 * variable counts as absent.
 */
public record Environment(Map<String, String> variables) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  public Optional<String> find(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * @throws ConfigurationException when the variable is absent
   */
  public String require(String name) {
    return find(name).orElseThrow(() -> new ConfigurationException(name + " is not set"));
  }

  public String get(String name, String fallback) {
    return find(name).orElse(fallback);
  }

  /**
   * @throws ConfigurationException when the variable is no absolute http or https URL
   */
  public Optional<URI> findUrl(String name) {
    return find(name).map(text -> url(name, text));
  }

  /**
   * @throws ConfigurationException when the variable is not a whole number within the bounds
   */
  public int number(String name, int fallback, int least, int most) {
    return find(name)
        .map(
            text -> {
              try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                  return number;
                }
              } catch (NumberFormatException e) {
                // Falls through to the one message for every bad value.
              }
              throw new ConfigurationException(
                  name + " must be a whole number from " + least + " to " + most);
            })
        .orElse(fallback);
  }

  /** A duration given in whole milliseconds. */
  public Duration milliseconds(String name, Duration fallback, Duration most) {
    int limit = Math.toIntExact(most.toMillis());
    return Duration.ofMillis(number(name, Math.toIntExact(fallback.toMillis()), 0, limit));
  }

  private static URI url(String name, String text) {
    try {
      URI url = URI.create(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web
          && url.getHost() != null
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message for every bad value.
    }
    throw new ConfigurationException(
        name + " must be an absolute http or https URL without query or fragment");
  }
}
