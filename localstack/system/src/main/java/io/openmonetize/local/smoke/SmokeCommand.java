package io.openmonetize.local.smoke;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.local.Options;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code ./om smoke}: the checks that only a real deployment can pass or fail. */
public final class SmokeCommand {
  public static final String USAGE =
      """
        smoke --url PROXY [--key KEY] [--dashboard URL] [--customer ID] [--model NAME] [--calls N]
                                checks a deployment from outside; with ANTHROPIC_API_KEY also its
                                streams, for a fraction of a cent each
      """;

  private static final Set<String> NAMES =
      Set.of("--url", "--key", "--dashboard", "--customer", "--model", "--calls");

  private SmokeCommand() {}

  public static boolean has(List<String> arguments) {
    return !arguments.isEmpty() && arguments.getFirst().equals("smoke");
  }

  /**
   * @return 0 when no check failed, otherwise 1
   * @throws ConfigurationException when the arguments are wrong
   */
  public static int run(List<String> arguments, Environment environment, PrintStream out)
      throws InterruptedException {
    Options options = Options.of(arguments, NAMES, USAGE.strip());
    Deployment deployment =
        new Deployment(
            origin("--url", options).orElseThrow(() -> missing("--url")),
            origin("--dashboard", options),
            option(options, "--key")
                .or(() -> environment.find("OPENMONETIZE_API_KEY"))
                .orElseThrow(() -> missing("--key, or OPENMONETIZE_API_KEY,")),
            option(options, "--customer").orElse("om-smoke"),
            environment.find("ANTHROPIC_API_KEY"),
            option(options, "--model").orElse("claude-haiku-4-5"),
            options.number("--calls", 20, 1, 1000));
    return new Smoke(deployment, out).run() ? 0 : 1;
  }

  private static ConfigurationException missing(String what) {
    return new ConfigurationException(what + " is required; usage: ./om " + USAGE.strip());
  }

  private static Optional<String> option(Options options, String name) {
    return Optional.ofNullable(options.text(name));
  }

  /** A trailing slash, as the Function URL of an output has, is no path. */
  private static Optional<URI> origin(String name, Options options) {
    return new Environment(option(options, name).map(url -> Map.of(name, url)).orElse(Map.of()))
        .findUrl(name)
        .map(url -> URI.create(url.toString().replaceAll("/+$", "")));
  }
}
