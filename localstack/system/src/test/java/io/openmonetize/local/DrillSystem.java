package io.openmonetize.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.queue.PipelineState;
import io.openmonetize.storage.LedgerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The parts of the system as a process each, where each can be killed and started again. */
final class DrillSystem implements AutoCloseable {
  /** In the order in which they are killed: first what a kept message may be in the hands of. */
  enum Part {
    WORKER,
    PROXY,
    QUEUE,
    STORE,
    API;

    String command() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int TRIES = 5;
  private static final int QUIET_LOOKS = 4;
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(180);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private final Map<Part, OmProcess> running = new EnumMap<>(Part.class);
  private final List<String> proxyLog = new ArrayList<>();
  private String apiKey = "";
  private String proxy = "";
  private String dashboard = "";

  private DrillSystem(Path folder) {
    this.folder = folder;
  }

  static DrillSystem start(Path folder, Map<String, String> variables) throws Exception {
    DrillSystem system = new DrillSystem(folder);
    system.variables.putAll(variables);
    system.variables.put("OM_PROXY_WORKERS", "32");
    try {
      system.start();
      return system;
    } catch (Exception | AssertionError e) {
      system.close();
      throw e;
    }
  }

  String apiKey() {
    return apiKey;
  }

  String proxy() {
    return proxy;
  }

  String dashboard() {
    return dashboard;
  }

  /** SIGKILL, and after a moment the same again, on the same port. */
  void killAndRestart(Part part) throws Exception {
    OmProcess killed = running.get(part);
    killed.kill();
    keepLog(part, killed);
    killed.close();
    running.remove(part);
    Thread.sleep(1_000);
    start(part);
  }

  /** {@code ./om} with these arguments, once, beside the system. */
  OmProcess run(String... arguments) throws IOException {
    return OmProcess.start(folder, variables, arguments);
  }

  /** All lines of all proxies so far. */
  List<String> proxyLog() throws IOException {
    List<String> lines = new ArrayList<>(proxyLog);
    lines.addAll(running.get(Part.PROXY).errors().lines().toList());
    return lines;
  }

  /** Waits until nothing waits, is in hand, or is delayed. */
  PipelineState awaitQuiet() throws InterruptedException {
    long deadline = System.nanoTime() + QUIET_WITHIN.toNanos();
    try (SqsClient sqs = clients().sqs(ANSWER_WITHIN)) {
      String queue = UsageQueues.find(sqs);
      String dead = sqs.getQueueUrl(q -> q.queueName("openmonetize-usage-dead-letters")).queueUrl();
      int quiet = 0;
      while (true) {
        PipelineState state = PipelineState.read(sqs, queue, dead);
        quiet = state.waiting() + state.inHand() + state.watched() == 0 ? quiet + 1 : 0;
        if (quiet == QUIET_LOOKS) {
          return state;
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the queue does not become empty: " + state);
        }
        Thread.sleep(250);
      }
    }
  }

  List<UsageEvent> ledger() {
    List<UsageEvent> events = new ArrayList<>();
    try (DynamoDbClient dynamoDb = clients().dynamoDb(ANSWER_WITHIN)) {
      dynamoDb
          .scanPaginator(s -> s.tableName(Backends.TABLES.usage()).consistentRead(true))
          .items()
          .forEach(
              item -> {
                if (item.get("sk").s().equals("EVENT")
                    && LedgerEntry.of(item) instanceof LedgerEntry.Event event) {
                  events.add(event.stored().event());
                }
              });
    }
    return events;
  }

  @Override
  public void close() throws IOException {
    for (Part part : List.of(Part.API, Part.PROXY, Part.WORKER, Part.QUEUE, Part.STORE)) {
      OmProcess process = running.remove(part);
      if (process != null) {
        process.close();
      }
    }
  }

  private void start() throws Exception {
    JsonNode store = start(Part.STORE);
    apiKey = store.path("apiKey").asText();
    variables.put("OM_DYNAMODB_ENDPOINT", store.path("store").asText());
    variables.put("OM_SQS_ENDPOINT", start(Part.QUEUE).path("queue").asText());
    start(Part.WORKER);
    proxy = start(Part.PROXY).path("proxy").asText();
    variables.put("OM_PROXY_PORT", proxy.substring(proxy.lastIndexOf(':') + 1));
    dashboard = start(Part.API).path("dashboard").asText();
  }

  /** Its port may still be in somebody's hands for a moment. */
  private JsonNode start(Part part) throws Exception {
    for (int attempt = 1; ; attempt++) {
      OmProcess process = OmProcess.start(folder, variables, part.command());
      try {
        JsonNode ready = process.ready();
        running.put(part, process);
        return ready;
      } catch (AssertionError e) {
        process.close();
        if (attempt == TRIES) {
          throw e;
        }
        Thread.sleep(1_000);
      }
    }
  }

  private void keepLog(Part part, OmProcess killed) throws IOException {
    if (part == Part.PROXY) {
      proxyLog.addAll(killed.errors().lines().toList());
    }
  }

  private AwsClients clients() {
    return new AwsClients(new Environment(variables));
  }
}
