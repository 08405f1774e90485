package io.openmonetize.bench;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.Profiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One run of benchmarks.
 *
 * @param forks 0 runs them in this process, with the compiler and collector that it has
 * @param jvmArguments of the forks
 * @param profilers by class
 */
public record Jmh(
    int forks,
    List<String> jvmArguments,
    int warmUps,
    int iterations,
    TimeValue iteration,
    List<Class<? extends Profiler>> profilers) {
  /** As the functions run on Lambda. */
  public static final List<String> AS_DEPLOYED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** One fork of the default compiler, with nothing counted. */
  static Jmh timed(int warmUps, int iterations, TimeValue iteration) {
    return new Jmh(1, List.of(), warmUps, iterations, iteration, List.of());
  }

  /**
   * @param include regular expressions of which one is found in a benchmark's name
   * @param parameters those that are not given take all their values
   */
  public Collection<RunResult> run(List<String> include, Map<String, String> parameters)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(forks)
            // JMH itself would be warned of on standard error, once a fork.
            .jvmArgsPrepend("--sun-misc-unsafe-memory-access=allow")
            .jvmArgsAppend(jvmArguments.toArray(String[]::new))
            .shouldFailOnError(true)
            .warmupIterations(warmUps)
            .warmupTime(iteration)
            .measurementIterations(iterations)
            .measurementTime(iteration)
            .verbosity(VerboseMode.SILENT);
    include.forEach(options::include);
    parameters.forEach(options::param);
    profilers.forEach(options::addProfiler);
    return new Runner(options.build()).run();
  }
}
