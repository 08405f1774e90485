package io.openmonetize.bench.load;

import io.openmonetize.keys.KeyText;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxy, metering, between stand-ins of everything that it speaks to: as the process of a
 * Lambda function at the Runtime API, behind the local host, and beside it the provider called
 * directly and, where one was started, a peer.
 */
public final class LoadBench {
  private static final int WARM_UP_CALLS = 16_000;

  private final Options options;
  private final Loop loop;
  private final Deque<Contender> open = new ArrayDeque<>();

  private LoadBench(Options options, Loop loop) {
    this.options = options;
    this.loop = loop;
  }

  /**
   * @param rounds of every kind of load, 1 at least
   * @param localClassPath of the local system; null to leave it out
   * @param peer where a Portkey gateway listens; null for none
   */
  public record Options(int rounds, @Nullable String localClassPath, @Nullable URI peer) {
    /**
     * @param arguments {@code --rounds N} and {@code --peer URL}
     * @throws IllegalArgumentException for any other
     */
    public static Options of(List<String> arguments, @Nullable String localClassPath) {
      int rounds = 5;
      URI peer = null;
      for (int i = 0; i < arguments.size(); i += 2) {
        String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
        switch (arguments.get(i)) {
          case "--rounds" -> rounds = Integer.parseInt(value);
          case "--peer" -> peer = URI.create(value);
          default -> throw new IllegalArgumentException("unknown: " + arguments.get(i));
        }
      }
      if (rounds < 1 || peer != null && (peer.getHost() == null || peer.getPort() < 0)) {
        throw new IllegalArgumentException("--rounds N, --peer http://HOST:PORT");
      }
      return new Options(rounds, localClassPath, peer);
    }
  }

  /**
   * Prints the tables, in Markdown; how far it is goes to the errors' stream.
   *
   * @return how many messages the queue got twice, as the proxy's client sends again what is not
   *     acknowledged in its time. With more than none, the machine was too busy with other work
   * @throws IllegalStateException when a call failed or its event is not where it belongs
   */
  public static int print(Options options, PrintStream out)
      throws IOException, InterruptedException {
    try (Loop loop = Loop.start()) {
      LoadBench bench = new LoadBench(options, loop);
      try {
        return bench.measure(out);
      } finally {
        bench.open.forEach(Contender::close);
      }
    }
  }

  private int measure(PrintStream out) throws IOException, InterruptedException {
    Provider provider = Provider.start(loop, Kind.scripts());
    LoadTables.Columns columns = columns(provider);
    List<Contender> all = new ArrayList<>(columns.all());
    for (Contender contender : all) {
      tell("warming up: " + contender.name());
      contender.warmUp(WARM_UP_CALLS);
    }
    int sentAgain = 0;
    Results results = new Results();
    for (int round = 1; round <= options.rounds(); round++) {
      tell("round " + round + " of " + options.rounds());
      for (Kind kind : Kind.values()) {
        // By turns, so that what else the machine does falls on all alike.
        Collections.rotate(all, 1);
        for (Contender contender : all) {
          Subject subject = contender.subject(kind);
          if (subject != null) {
            Run run = subject.run(kind.scenario());
            sentAgain += run.sentAgain();
            results.add(contender, kind, run);
          }
        }
      }
    }
    new LoadTables(columns, results).print(out);
    return sentAgain;
  }

  private LoadTables.Columns columns(Provider provider) throws IOException, InterruptedException {
    String key = KeyText.random("dev", new SecureRandom()).reveal();
    URI url = URI.create("http://127.0.0.1:" + provider.port());
    Contender direct =
        opened(
            Contender.of("direct", Subject.at(loop, new Callers.Target(url, _ -> Map.of(), true))));
    Contender defaults = proxy("proxy, JVM's defaults", provider, Jvm.Flags.DEFAULTS, key);
    Contender deployed = proxy("proxy, flags as deployed", provider, Jvm.Flags.DEPLOYED, key);
    String classPath = options.localClassPath();
    Contender local =
        classPath == null
            ? null
            : opened(Contender.of("local host", Subject.local(loop, provider, classPath, key)));
    URI peerUrl = options.peer();
    Contender peer = peerUrl == null ? null : opened(Contender.of("Portkey", peer(peerUrl, url)));
    return new LoadTables.Columns(direct, defaults, deployed, local, peer);
  }

  private Contender proxy(String name, Provider provider, Jvm.Flags flags, String key)
      throws IOException, InterruptedException {
    int many = Kind.Scripts.AT_ONCE;
    return opened(
        new Contender(
            name,
            Map.of(
                Kind.Process.ONE_WORKER,
                Subject.function(loop, provider, flags, 1, true, key),
                Kind.Process.MANY_WORKERS,
                Subject.function(loop, provider, flags, many, true, key),
                Kind.Process.UNQUEUED,
                Subject.function(loop, provider, flags, many, false, key))));
  }

  private Subject peer(URI peer, URI provider) {
    return Subject.at(
        loop,
        new Callers.Target(
            peer,
            shape ->
                Map.of(
                    "x-portkey-provider",
                    shape.name().toLowerCase(Locale.ROOT),
                    "x-portkey-custom-host",
                    provider + "/v1"),
            false));
  }

  private Contender opened(Contender contender) {
    open.add(contender);
    return contender;
  }

  private static void tell(String what) {
    System.err.println("om: " + what);
  }
}
