package io.openmonetize.runtime;

import java.util.Map;

/**
 * What the platform tells a function's process at its start, from its environment variables.
 *
 * @param apiHost host of the Runtime API, from {@code AWS_LAMBDA_RUNTIME_API}
 * @param apiPort its port, 80 where none is given
 * @param maxConcurrency {@code AWS_LAMBDA_MAX_CONCURRENCY}: how many invocations the process may be
 *     given at once. 1 except on Lambda Managed Instances
 * @param snapStart whether {@code AWS_LAMBDA_INITIALIZATION_TYPE} is {@code snap-start}
 */
public record RuntimeEnvironment(
    String apiHost, int apiPort, int maxConcurrency, boolean snapStart) {
  public RuntimeEnvironment {
    if (apiHost.isEmpty() || apiPort < 1 || apiPort > 65535 || maxConcurrency < 1) {
      throw new IllegalArgumentException("Not a Lambda environment: host, port or concurrency");
    }
  }

  /**
   * @param variables such as {@code System.getenv()}
   * @throws IllegalArgumentException naming the variable that is missing or makes no sense
   */
  public static RuntimeEnvironment of(Map<String, String> variables) {
    String api = variables.getOrDefault("AWS_LAMBDA_RUNTIME_API", "");
    int colon = api.lastIndexOf(':');
    String host = colon < 0 ? api : api.substring(0, colon);
    if (host.isEmpty()) {
      throw new IllegalArgumentException("AWS_LAMBDA_RUNTIME_API names no host");
    }
    int port = colon < 0 ? 80 : number("AWS_LAMBDA_RUNTIME_API", api.substring(colon + 1), 65535);
    int concurrency =
        number(
            "AWS_LAMBDA_MAX_CONCURRENCY",
            variables.getOrDefault("AWS_LAMBDA_MAX_CONCURRENCY", "1"),
            Integer.MAX_VALUE);
    String type = variables.getOrDefault("AWS_LAMBDA_INITIALIZATION_TYPE", "");
    return new RuntimeEnvironment(host, port, concurrency, type.equals("snap-start"));
  }

  private static int number(String variable, String text, int max) {
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(variable + " holds no number", e);
    }
    throw new IllegalArgumentException(variable + " is out of range");
  }
}
