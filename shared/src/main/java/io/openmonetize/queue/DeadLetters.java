package io.openmonetize.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The messages that could not be booked: kept with their cause, listed, and sent to the usage queue
 * again. A letter is sent before it is deleted here, so that a crash between the two repeats it,
 * which the ledger does not mind, and loses nothing.
 */
public final class DeadLetters {
  private static final String CAUSE = "cause";
  private static final String ATTEMPTS = "attempts";
  private static final int CAUSE_CHARACTERS_AT_MOST = 256;
  private static final int RECEIVED_AT_ONCE = 10;

  /**
   * How many letters one look goes through at most: each is held, a message is up to 256 KB, and
   * all must be dealt with before the first is shown to another reader again.
   */
  public static final int LETTERS_AT_MOST = 500;

  /** How long a letter is hidden from another reader while one looks through the queue. */
  private static final Duration HIDDEN = Duration.ofSeconds(30);

  /** SQS answers from some of its servers; only several empty answers in a row mean the end. */
  private static final int EMPTY_ANSWERS = 3;

  private final SqsClient sqs;
  private final String queueUrl;
  private final String deadLettersUrl;

  private DeadLetters(SqsClient sqs, String queueUrl, String deadLettersUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.deadLettersUrl = deadLettersUrl;
  }

  /** Those of the usage queue; empty when it has no dead-letter queue. */
  public static Optional<DeadLetters> of(SqsClient sqs, String queueUrl) {
    return RedrivePolicy.of(sqs, queueUrl)
        .map(policy -> sqs.getQueueUrl(q -> q.queueName(policy.deadLettersName())).queueUrl())
        .map(url -> new DeadLetters(sqs, queueUrl, url));
  }

  public String url() {
    return deadLettersUrl;
  }

  /**
   * Keeps a message with its cause, which SQS's own redrive would drop.
   *
   * @param cause a code or the name of a field, never a value
   */
  public void add(String body, String cause, int attempts) {
    sqs.sendMessage(
        m ->
            m.queueUrl(deadLettersUrl)
                .messageBody(body)
                .messageAttributes(
                    Map.of(
                        CAUSE, attribute("String", shortened(cause)),
                        ATTEMPTS, attribute("Number", Integer.toString(attempts)))));
  }

  /**
   * Looks at some letters, which stay.
   *
   * @param atMost how many
   */
  public List<DeadLetter> list(int atMost) {
    Map<String, Message> found = received(atMost, message -> false);
    release(found.values());
    return found.values().stream().map(DeadLetters::letter).toList();
  }

  /**
   * Sends one letter to the usage queue again; false when it was not found among {@link
   * #LETTERS_AT_MOST}.
   */
  public boolean redrive(String id) {
    Map<String, Message> found =
        received(LETTERS_AT_MOST, message -> message.messageId().equals(id));
    Message wanted = found.remove(id);
    release(found.values());
    if (wanted == null) {
      return false;
    }
    redrive(wanted);
    return true;
  }

  /**
   * Sends letters to the usage queue again: all there are now, or {@link #LETTERS_AT_MOST} of them.
   *
   * @return how many
   */
  public int redriveSome() {
    Map<String, Message> found = received(LETTERS_AT_MOST, message -> false);
    found.values().forEach(this::redrive);
    return found.size();
  }

  private void redrive(Message letter) {
    sqs.sendMessage(
        m ->
            m.queueUrl(queueUrl)
                .messageBody(letter.body())
                .messageGroupId(GroupId.ofBody(letter.body())));
    sqs.deleteMessage(d -> d.queueUrl(deadLettersUrl).receiptHandle(letter.receiptHandle()));
  }

  private Map<String, Message> received(int atMost, Predicate<Message> last) {
    Map<String, Message> found = new LinkedHashMap<>();
    int empty = 0;
    while (empty < EMPTY_ANSWERS && found.size() < atMost) {
      int wanted = Math.min(RECEIVED_AT_ONCE, atMost - found.size());
      int before = found.size();
      List<Message> messages = receive(wanted);
      messages.forEach(message -> found.put(message.messageId(), message));
      if (messages.stream().anyMatch(last)) {
        return found;
      }
      empty = found.size() == before ? empty + 1 : 0;
    }
    return found;
  }

  private List<Message> receive(int wanted) {
    return sqs.receiveMessage(
            r ->
                r.queueUrl(deadLettersUrl)
                    .maxNumberOfMessages(wanted)
                    .visibilityTimeout(Math.toIntExact(HIDDEN.toSeconds()))
                    .messageAttributeNames(CAUSE, ATTEMPTS)
                    .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP))
        .messages();
  }

  private void release(Iterable<Message> messages) {
    for (Message message : messages) {
      sqs.changeMessageVisibility(
          c ->
              c.queueUrl(deadLettersUrl)
                  .receiptHandle(message.receiptHandle())
                  .visibilityTimeout(0));
    }
  }

  private static DeadLetter letter(Message message) {
    String attempts = attribute(message, ATTEMPTS);
    String sentAt = message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
    return new DeadLetter(
        message.messageId(),
        message.body(),
        attribute(message, CAUSE),
        attempts == null ? null : Integer.valueOf(attempts),
        sentAt == null ? null : Instant.ofEpochMilli(Long.parseLong(sentAt)));
  }

  private static @Nullable String attribute(Message message, String name) {
    MessageAttributeValue value = message.messageAttributes().get(name);
    return value == null ? null : value.stringValue();
  }

  private static MessageAttributeValue attribute(String type, String value) {
    return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
  }

  /** Not empty, which SQS does not take. */
  private static String shortened(String cause) {
    String text = cause.isEmpty() ? "unknown" : cause;
    return text.substring(0, Math.min(text.length(), CAUSE_CHARACTERS_AT_MOST));
  }
}
