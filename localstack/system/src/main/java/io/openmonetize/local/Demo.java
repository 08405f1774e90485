package io.openmonetize.local;

import io.openmonetize.config.Environment;
import io.openmonetize.local.parts.Pace;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.logging.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The whole system with stand-in providers behind it, and some traffic through it. */
final class Demo implements AutoCloseable {
  private final StandInProviders providers;
  private final LocalSystem system;
  private final DemoTraffic traffic;

  private Demo(StandInProviders providers, LocalSystem system, DemoTraffic traffic) {
    this.providers = providers;
    this.system = system;
    this.traffic = traffic;
  }

  static Demo start(Environment environment, @Nullable Path folder, Clock clock, Log log)
      throws IOException {
    RandomGenerator random = RandomGenerator.getDefault();
    DemoModel model = new DemoModel(random);
    StandInProviders providers = StandInProviders.start(model::reply, Pace.REALISTIC);
    try {
      Map<String, String> variables = new HashMap<>(environment.variables());
      variables.put("ANTHROPIC_BASE_URL", providers.anthropic().baseUrl().toString());
      variables.put("OPENAI_BASE_URL", providers.openAi().baseUrl().toString());
      variables.put("GEMINI_BASE_URL", providers.gemini().baseUrl().toString());
      LocalSystem system = LocalSystem.start(new Environment(variables), folder, clock, log);
      return new Demo(providers, system, new DemoTraffic(system, providers, random, log));
    } catch (IOException | RuntimeException e) {
      providers.close();
      throw e;
    }
  }

  LocalSystem system() {
    return system;
  }

  /** Lets the traffic flow. */
  void begin() {
    traffic.start();
  }

  @Override
  public void close() {
    traffic.close();
    system.close();
    providers.close();
  }
}
