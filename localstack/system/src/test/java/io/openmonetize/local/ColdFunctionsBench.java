package io.openmonetize.local;

import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.LocalCertificate;
import io.openmonetize.local.parts.RuntimeApiStandIn;
import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import io.openmonetize.local.parts.TlsFront;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.Tables;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@code ./om bench cold}: starts of the functions that run on Lambda's own Java runtime, by its
 * runtime interface client: on a whole JDK as Lambda starts them, and on a linked runtime with an
 * AOT cache, as the proxy is. Writes {@code target/cold-functions.md}.
 */
final class ColdFunctionsBench {
  private static final int WARM_UP_ROUNDS = 1;
  private static final int ROUNDS = Integer.getInteger("cold.rounds", 15);
  private static final int TRAINING_EVENTS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Path CHECKOUT = Path.of("..", "..");
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-AOTAdapterCaching",
          "-Xmx512m");

  private enum Variant {
    MANAGED("whole JDK, shared archive of the JDK"),
    OWN("linked runtime, AOT cache");

    private final String title;

    Variant(String title) {
      this.title = title;
    }
  }

  private record Subject(String module, String handler, String method, String path, String query) {}

  /** In nanoseconds. */
  private record Start(long ready, long answered, long cpu) {
    long cold() {
      return ready + answered;
    }
  }

  @TempDir private static Path folder;

  private final KeyText key = KeyText.random("dev", new SecureRandom());

  @Test
  void measure() throws Exception {
    LocalCertificate certificate = LocalCertificate.make(folder);
    certificate.writeTrustStore(Path.of(System.getProperty("java.home")), trusted());
    try (DynamoDbServer store = DynamoDbServer.start();
        TlsFront front = TlsFront.start(certificate.server(), store.endpoint());
        PrintStream out = new PrintStream("target/cold-functions.md", StandardCharsets.UTF_8)) {
      addKey(store);
      out.println(
          "| function | how it runs | start to `/next` | event to answer"
              + " | cold: both [p10..p90] | CPU |");
      out.println("| --- | --- | --- | --- | --- | --- |");
      print(
          out,
          new Subject(
              "query", "io.openmonetize.query.QueryFunction", "GET", "/v1/events", "limit=1"),
          front.url());
      print(
          out,
          new Subject(
              "ingest-api",
              "io.openmonetize.ingest.IngestFunction",
              "POST",
              "/v1/events/ingest",
              ""),
          front.url());
    }
  }

  private void print(PrintStream out, Subject subject, URI store) throws Exception {
    Path task = unpack(subject.module());
    Path runtime = linkRuntime(subject.module(), task);
    Path cache = folder.resolve(subject.module() + ".aot");
    run(List.of("-XX:AOTCacheOutput=" + cache), Variant.OWN, subject, task, runtime, store, true);
    Map<Variant, List<Start>> starts = new EnumMap<>(Variant.class);
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (Variant variant : Variant.values()) {
        List<String> options =
            variant == Variant.OWN
                ? List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on")
                : List.of("-Xshare:auto");
        Start start = run(options, variant, subject, task, runtime, store, false);
        if (round >= 0) {
          starts.computeIfAbsent(variant, v -> new ArrayList<>()).add(start);
        }
      }
    }
    starts.forEach(
        (variant, all) ->
            out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d | **%d** [%d..%d] | %d |%n",
                subject.module(),
                variant.title,
                millis(all, Start::ready, 50),
                millis(all, Start::answered, 50),
                millis(all, Start::cold, 50),
                millis(all, Start::cold, 10),
                millis(all, Start::cold, 90),
                millis(all, Start::cpu, 50)));
  }

  private Start run(
      List<String> options,
      Variant variant,
      Subject subject,
      Path task,
      Path runtime,
      URI store,
      boolean training)
      throws Exception {
    boolean own = variant == Variant.OWN;
    List<String> command = new ArrayList<>(training ? List.of() : List.of("taskset", "-c", "0"));
    command.add((own ? runtime : Path.of(System.getProperty("java.home"))) + "/bin/java");
    command.addAll(OPTIONS);
    command.addAll(options);
    command.add("-Djavax.net.ssl.trustStore=" + trusted());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath(task), CLIENT));
    command.add(subject.handler() + "::handleRequest");
    Path output = folder.resolve("output");
    try (RuntimeApiStandIn platform = RuntimeApiStandIn.start()) {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().clear();
      builder.environment().putAll(variables(platform, store, task));
      long began = System.nanoTime();
      Process process = builder.start();
      try {
        long ready = platform.awaitStart(process::isAlive, PATIENCE) - began;
        Answer answer = platform.invoke(event(subject), process::isAlive, PATIENCE);
        if (answer.body().contains("\"statusCode\":5") || !answer.body().contains("statusCode")) {
          throw new IOException("answered " + answer.body());
        }
        long cpu = process.info().totalCpuDuration().orElseThrow().toNanos();
        for (int i = 1; training && i < TRAINING_EVENTS; i++) {
          platform.invoke(event(subject), process::isAlive, PATIENCE);
        }
        process.destroy();
        process.waitFor();
        return new Start(ready, answer.firstByte() - answer.delivered(), cpu);
      } catch (IOException e) {
        throw new IOException(e.getMessage() + ", having written " + Files.readString(output), e);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static Map<String, String> variables(RuntimeApiStandIn platform, URI store, Path task) {
    return Map.ofEntries(
        Map.entry("AWS_LAMBDA_RUNTIME_API", platform.authority()),
        Map.entry("LAMBDA_TASK_ROOT", task.toString()),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", "stand-in"),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"),
        Map.entry("AWS_REGION", "us-east-1"),
        Map.entry("AWS_ACCESS_KEY_ID", "local"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
        Map.entry("OM_STAGE", "dev"),
        Map.entry("OM_CONTROL_TABLE", "control"),
        Map.entry("OM_USAGE_TABLE", "usage"),
        Map.entry("OM_USAGE_QUEUE_URL", "http://127.0.0.1:1/000000000000/usage"),
        Map.entry("OM_DYNAMODB_ENDPOINT", store.toString()),
        Map.entry("OM_SQS_ENDPOINT", "http://127.0.0.1:1"));
  }

  /** As the HTTP API makes it, payload format 2.0. */
  private byte[] event(Subject subject) {
    return """
    {"version":"2.0","routeKey":"$default","rawPath":"%s","rawQueryString":"%s",\
    "queryStringParameters":{"limit":"1"},"headers":{"content-type":"application/json",\
    "x-om-api-key":"%s","authorization":"Bearer %s"},"requestContext":{"accountId":"1",\
    "apiId":"api","domainName":"api.example.com","requestId":"r-1","stage":"$default",\
    "timeEpoch":1790000000000,"http":{"method":"%s","path":"%s","protocol":"HTTP/1.1",\
    "sourceIp":"203.0.113.9","userAgent":"bench"}},"body":"{\\"events\\":[]}",\
    "isBase64Encoded":false}\
    """
        .formatted(
            subject.path(),
            subject.query(),
            key.reveal(),
            key.reveal(),
            subject.method(),
            subject.path())
        .getBytes(StandardCharsets.UTF_8);
  }

  private void addKey(DynamoDbServer store) {
    ApiKey entry =
        new ApiKey(
            "key_1",
            "bench",
            key.prefix(),
            "dev",
            Set.of(Scope.INGEST, Scope.READ),
            null,
            Instant.EPOCH,
            "bench",
            null,
            null);
    try (DynamoDbClient client = store.client()) {
      new Tables("control", "usage").create(client);
      new KeyTable(client, "control").add(entry, key);
    }
  }

  private static Path trusted() {
    return folder.resolve("trusted");
  }

  private static Path unpack(String module) throws IOException {
    Path task = Files.createDirectories(folder.resolve(module));
    Path archive = CHECKOUT.resolve("functions/" + module + "/target/" + module + ".zip");
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
        Path target = task.resolve(entry.getName());
        Files.createDirectories(target.getParent());
        try (InputStream bytes = zip.getInputStream(entry)) {
          Files.copy(bytes, target);
        }
      }
    }
    return task;
  }

  private static Path linkRuntime(String module, Path task)
      throws IOException, InterruptedException {
    Path runtime = folder.resolve(module + "-jre");
    Process link =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                CHECKOUT.resolve("functions/proxy/src/main/package/RuntimeImage.java").toString(),
                runtime.toString(),
                classPath(task))
            .inheritIO()
            .start();
    if (link.waitFor() != 0) {
      throw new IOException("no runtime was linked");
    }
    return runtime;
  }

  private static String classPath(Path task) throws IOException {
    try (Stream<Path> jars = Files.list(task.resolve("lib"))) {
      List<String> sorted = new ArrayList<>(jars.map(Path::toString).sorted().toList());
      sorted.add(client());
      return String.join(File.pathSeparator, sorted);
    }
  }

  /** The runtime interface client's jars, out of this test's class path. */
  private static String client() {
    return String.join(
        File.pathSeparator,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> jar.contains("aws-lambda-java-") && !jar.contains("-events-"))
            .toList());
  }

  private static long millis(List<Start> starts, ToLongFunction<Start> figure, int percent) {
    long[] sorted = starts.stream().mapToLong(figure).sorted().toArray();
    return Math.round(sorted[(sorted.length - 1) * percent / 100] / 1e6);
  }
}
