package io.openmonetize.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of load, with how many calls a round has of each. */
enum Kind {
  PLAIN_ALONE(Process.ONE_WORKER, Scenario.together(Scripts.PLAIN, 1, 1500)),
  PLAIN_ALONE_ANTHROPIC(Process.ONE_WORKER, Scenario.together(Scripts.PLAIN_ANTHROPIC, 1, 1500)),
  PLAIN(Process.MANY_WORKERS, Scenario.together(Scripts.PLAIN, Scripts.AT_ONCE, 6000)),
  PLAIN_UNQUEUED(Process.UNQUEUED, Scenario.together(Scripts.PLAIN, Scripts.AT_ONCE, 6000)),
  WAIT_TOGETHER(Process.MANY_WORKERS, Scenario.together(Scripts.WAIT, Scripts.AT_ONCE, 640)),
  WAIT_APART(Process.MANY_WORKERS, Scenario.apart(Scripts.WAIT, Scripts.AT_ONCE, 640)),
  PACED_TOGETHER(Process.MANY_WORKERS, Scenario.together(Scripts.PACED, Scripts.AT_ONCE, 320)),
  PACED_APART(Process.MANY_WORKERS, Scenario.apart(Scripts.PACED, Scripts.AT_ONCE, 320)),
  PACED_APART_ANTHROPIC(
      Process.MANY_WORKERS, Scenario.apart(Scripts.PACED_ANTHROPIC, Scripts.AT_ONCE, 320)),
  BURST(Process.MANY_WORKERS, Scenario.together(Scripts.BURST, Scripts.AT_ONCE, 1000)),
  LUMP(Process.MANY_WORKERS, Scenario.together(Scripts.LUMP, Scripts.AT_ONCE, 1000));

  /** Which of a proxy's processes takes it. */
  enum Process {
    MANY_WORKERS,
    /** One call at a time, as a Lambda function has it. */
    ONE_WORKER,
    /** As many, and what would be enqueued is dropped. */
    UNQUEUED
  }

  /** How the provider answers. */
  static final class Scripts {
    static final int AT_ONCE = 32;
    static final int PACED_PIECES = 20;
    static final int BURST_PIECES = 100;

    private static final Duration WAITS = Duration.ofMillis(100);
    private static final Duration PACE = Duration.ofMillis(10);

    static final Script PLAIN = Script.plain("plain", Shape.OPENAI, Duration.ZERO);
    static final Script PLAIN_ANTHROPIC = Script.plain("plain", Shape.ANTHROPIC, Duration.ZERO);
    static final Script WAIT = Script.plain("wait", Shape.OPENAI, WAITS);
    static final Script PACED = Script.stream("paced", Shape.OPENAI, PACED_PIECES, PACE);
    static final Script PACED_ANTHROPIC =
        Script.stream("paced", Shape.ANTHROPIC, PACED_PIECES, PACE);
    static final Script BURST = Script.stream("burst", Shape.OPENAI, BURST_PIECES, Duration.ZERO);
    static final Script LUMP = Script.lump("lump", Shape.OPENAI, BURST_PIECES);

    private Scripts() {}
  }

  private final Process process;
  private final Scenario scenario;

  Kind(Process process, Scenario scenario) {
    this.process = process;
    this.scenario = scenario;
  }

  Process process() {
    return process;
  }

  Scenario scenario() {
    return scenario;
  }

  static List<Script> scripts() {
    return Stream.of(values()).map(k -> k.scenario.script()).distinct().toList();
  }
}
