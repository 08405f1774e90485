package io.openmonetize.local.smoke;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs all checks against a deployment and prints a table of what was seen, in Markdown. */
final class Smoke {
  private final Deployment deployment;
  private final PrintStream out;

  Smoke(Deployment deployment, PrintStream out) {
    this.deployment = deployment;
    this.out = out;
  }

  /** False when a check failed. */
  boolean run() throws InterruptedException {
    out.println("| check | | seen |");
    out.println("| --- | --- | --- |");
    List<Outcome> outcomes = new ArrayList<>();
    try (SmokeClient client = new SmokeClient()) {
      for (Check check : checks(client)) {
        Outcome outcome = check.outcome();
        outcomes.add(outcome);
        out.printf("| %s | %s | %s |%n", check.name(), word(outcome), cell(outcome.seen()));
      }
    }
    long failed = outcomes.stream().filter(Outcome.Failed.class::isInstance).count();
    long skipped = outcomes.stream().filter(Outcome.Skipped.class::isInstance).count();
    out.printf("%n%d checks, %d failed, %d skipped%n", outcomes.size(), failed, skipped);
    return failed == 0;
  }

  private List<Check> checks(SmokeClient client) {
    ProxyCalls calls = new ProxyCalls(deployment, client);
    List<Check> streams = new StreamChecks(calls, new LedgerReads(deployment, client)).all();
    // The cold call first, before any other has started the function.
    return Stream.of(
            new TimingChecks(calls, deployment.warmCalls()).all(),
            new DoorChecks(calls).all(),
            deployment.anthropicKey().isPresent()
                ? streams
                : streams.stream().map(Smoke::withoutKey).toList())
        .flatMap(List::stream)
        .toList();
  }

  private static Check withoutKey(Check check) {
    return new Check(check.name(), () -> new Outcome.Skipped("needs ANTHROPIC_API_KEY"));
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> "ok";
      case Outcome.Failed _ -> "FAILED";
      case Outcome.Measured _ -> "";
      case Outcome.Skipped _ -> "skipped";
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ");
  }
}
