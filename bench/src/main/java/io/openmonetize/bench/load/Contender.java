package io.openmonetize.bench.load;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of the tables.
 *
 * @param subjects what takes which kind of load; a kind that has none is left out
 */
record Contender(String name, Map<Kind.Process, Subject> subjects) implements AutoCloseable {
  /** One process for all that is enqueued. */
  static Contender of(String name, Subject one) {
    return new Contender(
        name, Map.of(Kind.Process.ONE_WORKER, one, Kind.Process.MANY_WORKERS, one));
  }

  @Nullable Subject subject(Kind kind) {
    return subjects.get(kind.process());
  }

  /** So that all code on a call's way is compiled, the streams' too. */
  void warmUp(int calls) throws InterruptedException {
    Set<Subject> warm = new HashSet<>();
    for (Kind.Process process : Kind.Process.values()) {
      Subject subject = subjects.get(process);
      if (subject == null || !warm.add(subject)) {
        continue;
      }
      switch (process) {
        case ONE_WORKER -> {
          subject.run(Kind.PLAIN_ALONE.scenario().calls(calls - calls / 8));
          subject.run(Kind.PLAIN_ALONE_ANTHROPIC.scenario().calls(calls / 8));
        }
        case MANY_WORKERS -> {
          subject.run(Kind.PLAIN.scenario().calls(calls - calls / 4));
          for (Kind kind : List.of(Kind.BURST, Kind.LUMP)) {
            subject.run(kind.scenario().calls(calls / 16));
          }
          for (Kind kind : List.of(Kind.PACED_APART, Kind.PACED_APART_ANTHROPIC)) {
            subject.run(kind.scenario().calls(Math.ceilDiv(calls, 64)));
          }
          subject.run(Kind.PLAIN.scenario().calls(calls / 8));
        }
        case UNQUEUED -> subject.run(Kind.PLAIN_UNQUEUED.scenario().calls(calls));
      }
    }
  }

  OptionalLong residentBytes(Kind.Process process) {
    Subject subject = subjects.get(process);
    return subject == null ? OptionalLong.empty() : subject.residentBytes();
  }

  @Override
  public void close() {
    subjects.values().forEach(Subject::close);
  }
}
