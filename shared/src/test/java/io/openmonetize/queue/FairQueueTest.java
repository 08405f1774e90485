package io.openmonetize.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallIntent;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.QueueMessage;
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
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Messages carry their customer as their group, through a real server's standard queue. */
class FairQueueTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  private static SqsServer server;
  private static SqsClient sqs;

  private String url;
  private UsageQueue queue;

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
    String name = UUID.randomUUID().toString();
    String dead = sqs.createQueue(q -> q.queueName("dead-" + name)).queueUrl();
    String arn =
        sqs.getQueueAttributes(a -> a.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String policy = "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":1000}".formatted(arn);
    url =
        sqs.createQueue(
                q ->
                    q.queueName("usage-" + name)
                        .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
            .queueUrl();
    Log log = new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, Clock.systemUTC());
    queue = new UsageQueue(sqs, url, log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "a b", "客户", "line\nbreak", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"})
  void of_anyCustomer_isWithinWhatSqsTakes(String customerId) {
    assertThat(GroupId.of(customerId)).matches("[0-9a-f]{64}");
    assertThat(GroupId.of("x".repeat(5000) + customerId)).matches("[0-9a-f]{64}");
  }

  @Test
  void of_likeIds_areGroupsOfTheirOwn() {
    String longOne = "x".repeat(500);
    assertThat(
            List.of("acme", "Acme", "acme ", longOne + "1", longOne + "2").stream()
                .map(GroupId::of)
                .distinct())
        .hasSize(5);
  }

  @Test
  void together_messageThatHasNoUtf8_isLeftOutAndCostsTheOthersNothing() {
    var good = new Outgoing("{}", 2, 0, GroupId.of("acme"), false);
    var bad = new Outgoing("\"\ud800\"", 3, 0, GroupId.of("other"), false);

    assertThat(new SqsCarrier(sqs, url).together(List.of(good, bad, good))).containsExactly(1);
    assertThat(received(2)).extracting(Message::body).containsOnly("{}");
  }

  @Test
  void send_eventIntentAndWithdrawal_areInTheirCustomersGroup() {
    queue.send(event("e1", "acme"));
    queue.send(new QueueMessage.Event(event("e2", "acme")), NOW);
    queue.send(new QueueMessage.Intent(intent("acme")), NOW);
    queue.send(new QueueMessage.Withdrawal("acme", "r1"), NOW);

    assertThat(received(4)).extracting(FairQueueTest::group).containsOnly(GroupId.of("acme"));
  }

  @Test
  void together_eventAndIntentOfTwoCustomers_eachHaveTheirOwnGroupAndDelay() {
    var now = new Outgoing("{\"now\":1}", 9, 0, GroupId.of("acme"), false);
    var later = new Outgoing("{\"later\":1}", 11, 900, GroupId.of("acme"), true);
    var other = new Outgoing("{\"other\":1}", 11, 0, GroupId.of("客户"), false);

    assertThat(new SqsCarrier(sqs, url).together(List.of(now, later, other))).isEmpty();

    assertThat(received(2))
        .extracting(Message::body, FairQueueTest::group)
        .containsExactlyInAnyOrder(
            tuple(now.body(), now.group()), tuple(other.body(), other.group()));
  }

  @Test
  void together_aBodyThatTheQueueRefuses_leavesTheOthersToBeTriedAlone() {
    var good = new Outgoing("{}", 2, 0, GroupId.of("acme"), false);
    var bad = new Outgoing("{}", 2, 5000, GroupId.of("acme"), false);

    assertThat(new SqsCarrier(sqs, url).together(List.of(good, bad))).contains(1);
  }

  @Test
  void sendAll_eventsOfSeveralCustomers_areEachInTheirOwnGroup() {
    UsageEvent one = event("e1", "acme");
    UsageEvent other = event("e2", "客户");

    assertThat(queue.sendAll(List.of(one, other))).isEmpty();

    assertThat(received(2))
        .extracting(Message::body, FairQueueTest::group)
        .containsExactlyInAnyOrder(
            tuple(UsageEventJson.write(one), GroupId.of("acme")),
            tuple(UsageEventJson.write(other), GroupId.of("客户")));
  }

  /** On a first-in-first-out queue the first message would hold back the rest of its group. */
  @Test
  void receive_onesGroupInHand_goesOnWithTheGroup() {
    queue.sendAll(List.of(event("e1", "acme"), event("e2", "acme"), event("e3", "acme")));

    for (int i = 0; i < 3; i++) {
      assertThat(received(1)).hasSize(1);
    }
  }

  @Test
  void redrive_aLetter_isInItsCustomersGroupAgain() {
    DeadLetters letters = DeadLetters.of(sqs, url).orElseThrow();
    letters.add(UsageEventJson.write(event("e1", "acme")), "StoreDown", 1000);

    assertThat(letters.redriveSome()).isEqualTo(1);

    assertThat(received(1)).extracting(FairQueueTest::group).containsExactly(GroupId.of("acme"));
  }

  @Test
  void redrive_anUnreadableLetter_isInNoGroup() {
    DeadLetters letters = DeadLetters.of(sqs, url).orElseThrow();
    letters.add("{broken", "json", 1);

    assertThat(letters.redriveSome()).isEqualTo(1);

    assertThat(received(1)).extracting(FairQueueTest::group).containsOnlyNulls();
  }

  private static @Nullable String group(Message message) {
    return message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID);
  }

  /** They stay hidden afterwards, as in the hands of a worker. */
  private List<Message> received(int count) {
    List<Message> messages = new ArrayList<>();
    while (messages.size() < count) {
      int wanted = count - messages.size();
      messages.addAll(
          sqs.receiveMessage(
                  r ->
                      r.queueUrl(url)
                          .maxNumberOfMessages(wanted)
                          .waitTimeSeconds(5)
                          .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
              .messages());
    }
    return messages;
  }

  private static CallIntent intent(String customerId) {
    return new CallIntent(
        "r1",
        NOW.minusSeconds(3600),
        NOW.minusSeconds(60),
        "dev",
        null,
        attribution(customerId),
        Provider.ANTHROPIC,
        "messages",
        null,
        true,
        1,
        null);
  }

  private static UsageEvent event(String id, String customerId) {
    return new UsageEvent(
        id,
        new EventIdentity.ById(id),
        EventType.TOKEN_USAGE,
        NOW,
        Source.PROXY,
        "dev",
        null,
        attribution(customerId),
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

  private static Attribution attribution(String customerId) {
    return new Attribution(customerId, null, null, "chat", null);
  }
}
