package io.openmonetize.local;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.queue.DeadLetter;
import io.openmonetize.queue.DeadLetters;
import io.openmonetize.queue.LogReplay;
import io.openmonetize.queue.UsageQueue;
import io.openmonetize.storage.LedgerVerification;
import io.openmonetize.storage.Retention;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The commands that look after the ledger and who may sign in, wherever they are ({@link
 * LedgerPlace}).
 */
final class LedgerCommands {
  static final String USAGE =
      """
        replay FILE|-           sends the usage records of a log to the queue again
        verify-ledger [--customer ID] [--from TIME] [--to TIME]
                                recomputes all sums from the events and reports each difference
        rerate [--from TIME] [--to TIME] [--customer ID] [--unpriced] [--dry-run]
                                prices recorded events by the price book of now, and shows
                                what that changes
        dead-letters list       shows the messages that could not be booked, and why
        dead-letters redrive [ID]
                                sends one of them, or all, to the queue again
        operators list | add NAME | reset NAME | remove NAME
                                says who may sign in; add and reset print a new password
      """;

  private static final Set<String> NAMES =
      Set.of("replay", "verify-ledger", "rerate", "dead-letters", "operators");
  private static final int LETTERS_AT_MOST = 1_000;
  private static final int DRIFTS_AT_MOST = 1_000;

  private final Environment environment;
  private final Path folder;
  private final Clock clock;
  private final PrintStream out;

  LedgerCommands(Environment environment, Path folder, Clock clock, PrintStream out) {
    this.environment = environment;
    this.folder = folder;
    this.clock = clock;
    this.out = out;
  }

  static boolean has(List<String> arguments) {
    return !arguments.isEmpty() && NAMES.contains(arguments.getFirst());
  }

  /**
   * @return 0 when all is well, 1 when there is something to look at
   * @throws ConfigurationException when the arguments are wrong
   */
  int run(List<String> arguments) throws IOException {
    try (LedgerPlace place = LedgerPlace.open(environment, folder)) {
      return switch (arguments.getFirst()) {
        case "replay" -> replay(arguments, place);
        case "verify-ledger" ->
            verify(
                Options.of(
                    arguments,
                    Set.of("--customer", "--from", "--to"),
                    "verify-ledger [--customer ID] [--from TIME] [--to TIME]"),
                place);
        case "rerate" ->
            new RerateCommand(arguments, environment, clock, out)
                .run(place.dynamoDb(), place.tables().usage());
        case "operators" ->
            new OperatorsCommand(clock, out)
                .run(arguments, place.dynamoDb(), place.tables().control());
        default -> deadLetters(arguments, place);
      };
    }
  }

  private int replay(List<String> arguments, LedgerPlace place) throws IOException {
    if (arguments.size() != 2) {
      throw new ConfigurationException("usage: ./om replay FILE|-");
    }
    Log causes = Log.to(System.err, Log.Level.of(environment.get("LOG_LEVEL", "INFO")));
    try (BufferedReader log = reader(arguments.get(1))) {
      LogReplay.Report report =
          LogReplay.run(log, new UsageQueue(place.sqs(), place.queueUrl(), causes), clock);
      out.printf(
          "sent %d, announced %d, withdrawn %d, refused %d, malformed %d%n",
          report.sent(),
          report.announced(),
          report.withdrawn(),
          report.refused(),
          report.malformed().size());
      report.malformed().forEach(line -> out.println("malformed: line " + line));
      return report.refused() == 0 && report.malformed().isEmpty() ? 0 : 1;
    }
  }

  private static BufferedReader reader(String file) throws IOException {
    return file.equals("-")
        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        : Files.newBufferedReader(Path.of(file));
  }

  private int verify(Options options, LedgerPlace place) {
    Instant from = options.time("--from", Instant.MIN);
    Instant kept = Retention.of(environment).wholeDaysFrom(clock.instant());
    if (from.isBefore(kept)) {
      out.println("not compared: what lies before " + kept + ", of which no events are kept");
      from = kept;
    }
    LedgerVerification.Report report =
        LedgerVerification.run(
            place.dynamoDb(),
            place.tables().usage(),
            options.text("--customer"),
            from,
            options.time("--to", Instant.MAX));
    report.drifts().stream()
        .limit(DRIFTS_AT_MOST)
        .forEach(
            drift ->
                out.printf(
                    "%s: %s is %s, the events make it %s%n",
                    drift.item(),
                    drift.counter(),
                    drift.found().toPlainString(),
                    drift.expected().toPlainString()));
    out.printf(
        "%d events, %d sums, %d differences%n",
        report.events(), report.sums(), report.drifts().size());
    return report.drifts().isEmpty() ? 0 : 1;
  }

  private int deadLetters(List<String> arguments, LedgerPlace place) {
    DeadLetters letters = DeadLetters.of(place.sqs(), place.queueUrl()).orElseThrow();
    String what = arguments.size() > 1 ? arguments.get(1) : "";
    if (what.equals("list") && arguments.size() == 2) {
      List<DeadLetter> found = letters.list(LETTERS_AT_MOST);
      for (DeadLetter letter : found) {
        out.printf(
            "%s %s attempts=%s cause=%s %s%n",
            letter.id(), letter.sentAt(), letter.attempts(), letter.cause(), letter.body());
      }
      out.println(found.size() + " dead letters");
      return 0;
    }
    if (what.equals("redrive") && arguments.size() == 2) {
      int all = 0;
      int some;
      do {
        some = letters.redriveSome();
        all += some;
      } while (some == DeadLetters.LETTERS_AT_MOST);
      out.println("redriven " + all);
      return 0;
    }
    if (what.equals("redrive") && arguments.size() == 3) {
      boolean found = letters.redrive(arguments.get(2));
      out.println(found ? "redriven 1" : "there is no such dead letter");
      return found ? 0 : 1;
    }
    throw new ConfigurationException("usage: ./om dead-letters list | redrive [ID]");
  }
}
