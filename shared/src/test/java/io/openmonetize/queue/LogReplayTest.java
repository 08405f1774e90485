package io.openmonetize.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallIntent;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.logging.Log;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class LogReplayTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Log LOG = new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, CLOCK);

  private static SqsServer server;
  private static SqsClient sqs;

  private String queue;

  @BeforeAll
  static void startServer() {
    server = SqsServer.start();
    sqs = server.client();
  }

  @AfterAll
  static void stopServer() {
    sqs.close();
    server.close();
  }

  @BeforeEach
  void createQueue() {
    queue = sqs.createQueue(q -> q.queueName("usage-" + UUID.randomUUID())).queueUrl();
  }

  @Test
  void run_theLogsOwnLines_sendsEachRecordAndPassesOverTheRest() throws Exception {
    LogReplay.Report report =
        replay("START RequestId: 1", record("e1"), other(), "{\"not\":1}", record("e2"));

    assertThat(report).isEqualTo(new LogReplay.Report(2, 0, 0, 0, List.of()));
    assertThat(received(2))
        .containsExactlyInAnyOrder(
            UsageEventJson.write(event("e1")), UsageEventJson.write(event("e2")));
  }

  @Test
  void run_formsOfCloudWatch_sendsEachRecord() throws Exception {
    String quoted =
        "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(record("e"))) + "\"";
    LogReplay.Report report =
        replay(
            // filter-log-events and get-log-events, pretty and compact
            "            \"message\": " + quoted + ",",
            "{\"events\":[{\"message\":" + quoted + "},{\"message\":" + quoted + "}]}",
            // Logs Insights: exported as JSON, asked for by the API, exported as CSV
            "[{\"@timestamp\":\"x\",\"@message\":" + quoted + "}]",
            "{\"results\":[[{\"field\":\"@message\",\"value\":" + quoted + "}]]}",
            "2026-07-01 12:00:00.000,\"" + record("e").replace("\"", "\"\"") + "\"",
            // an export to S3
            "2026-07-01T12:00:00.000Z " + record("e"));

    assertThat(report).isEqualTo(new LogReplay.Report(7, 0, 0, 0, List.of()));
    assertThat(received(7)).containsOnly(UsageEventJson.write(event("e")));
  }

  @Test
  void run_recordCutOff_isNamedByItsLine() throws Exception {
    String whole = record("e1");
    LogReplay.Report report =
        replay(
            whole,
            whole.substring(0, whole.length() / 2),
            whole.replace("\"event_type\"", "\"event_typ\""));

    assertThat(report).isEqualTo(new LogReplay.Report(1, 0, 0, 0, List.of(2L, 3L)));
  }

  @Test
  void run_startWithNothingAfterIt_isAnnounced() throws Exception {
    LogReplay.Report report = replay(start("e1"), record("e1"), start("gone"));

    assertThat(report).isEqualTo(new LogReplay.Report(1, 1, 0, 0, List.of()));
    assertThat(received(2)).contains(QueueMessageJson.write(intent("gone")));
  }

  @Test
  void run_callThatReachedNoProvider_isWithdrawnAgain() throws Exception {
    LogReplay.Report report =
        replay(
            start("never"),
            logged("call.unreached", "request_id", "never"),
            logged("call.unreached", "request_id", "startElsewhere", "customer_id", "globex"));

    assertThat(report).isEqualTo(new LogReplay.Report(0, 0, 2, 0, List.of()));
    assertThat(received(2))
        .containsExactlyInAnyOrder(
            QueueMessageJson.write(new QueueMessage.Withdrawal("acme", "never")),
            QueueMessageJson.write(new QueueMessage.Withdrawal("globex", "startElsewhere")));
  }

  @Test
  void run_withdrawalThatNamesNoCustomer_isNamedByItsLine() throws Exception {
    assertThat(replay(logged("call.unreached", "request_id", "never")))
        .isEqualTo(new LogReplay.Report(0, 0, 0, 0, List.of(1L)));
  }

  @Test
  void run_queueDown_countsWhatWasRefused() throws Exception {
    String missing = queue + "-missing";
    BufferedReader log = new BufferedReader(new StringReader(record("e1") + "\n" + start("e2")));

    assertThat(LogReplay.run(log, new UsageQueue(sqs, missing, LOG), CLOCK))
        .isEqualTo(new LogReplay.Report(0, 0, 0, 2, List.of()));
  }

  private LogReplay.Report replay(String... lines) throws IOException {
    BufferedReader log = new BufferedReader(new StringReader(String.join("\n", lines)));
    return LogReplay.run(log, new UsageQueue(sqs, queue, LOG), CLOCK);
  }

  private List<String> received(int count) {
    List<String> bodies = new ArrayList<>();
    while (bodies.size() < count) {
      sqs
          .receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(5))
          .messages()
          .stream()
          .map(Message::body)
          .forEach(bodies::add);
    }
    return bodies;
  }

  private static String record(String id) {
    return logged("usage.record", "usage", new Log.Raw(UsageEventJson.write(event(id))));
  }

  private static String start(String id) {
    return logged(
        "call.start", "request_id", id, "intent", new Log.Raw(QueueMessageJson.write(intent(id))));
  }

  private static String other() {
    return logged("upstream.failed", "request_id", "e1", "kind", "BROKEN");
  }

  private static String logged(String event, Object... fields) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    new Log(line, Log.Level.INFO, CLOCK).record(event, fields);
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  private static QueueMessage intent(String id) {
    return new QueueMessage.Intent(
        new CallIntent(
            id,
            NOW.minusSeconds(3600),
            NOW.minusSeconds(60),
            "dev",
            null,
            attribution(),
            Provider.ANTHROPIC,
            "messages",
            null,
            true,
            2,
            "0123456789abcdef"));
  }

  private static Attribution attribution() {
    return new Attribution("acme", null, null, "chat", "{\"message\":\"a, \\\"b\\\"\"}");
  }

  private static UsageEvent event(String id) {
    return new UsageEvent(
        id,
        new EventIdentity.ById(id),
        EventType.TOKEN_USAGE,
        NOW,
        Source.PROXY,
        "dev",
        null,
        attribution(),
        Provider.ANTHROPIC,
        "m",
        null,
        "messages",
        true,
        new Usage(
            UsageStatus.EXACT,
            null,
            PricingTerms.UNSAID,
            List.of(new UsageLine("m", TokenCounts.of(TokenClass.INPUT, 5))),
            "{\"input_tokens\":5}"),
        Call.REPORTED);
  }
}
