package io.openmonetize.queue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Takes messages to an SQS queue. */
record SqsCarrier(SqsClient sqs, String queueUrl) implements GroupCommit.Carrier {
  private static final int BAD_REQUEST = 400;

  @Override
  public void alone(Outgoing message) {
    sqs.sendMessage(
        m ->
            m.queueUrl(queueUrl)
                .messageBody(message.body())
                .delaySeconds(message.delaySeconds())
                .messageGroupId(message.group()));
  }

  /**
   * All but those that the queue says it has are tried alone: SQS answers for each entry, may
   * refuse one for a moment's trouble (the SDK tries a whole request again, and not an entry), and
   * refuses a whole batch for what one of them holds.
   */
  @Override
  public Set<Integer> together(List<Outgoing> messages) {
    Set<Integer> open = new HashSet<>(IntStream.range(0, messages.size()).boxed().toList());
    List<SendMessageBatchRequestEntry> entries =
        IntStream.range(0, messages.size()).mapToObj(i -> entry(i, messages.get(i))).toList();
    try {
      SendMessageBatchResponse answer =
          sqs.sendMessageBatch(b -> b.queueUrl(queueUrl).entries(entries));
      answer.successful().forEach(entry -> open.remove(Integer.valueOf(entry.id())));
      return open;
    } catch (AwsServiceException e) {
      if (e.statusCode() == BAD_REQUEST && !e.isThrottlingException()) {
        return open;
      }
      throw e;
    }
  }

  private static SendMessageBatchRequestEntry entry(int index, Outgoing message) {
    return SendMessageBatchRequestEntry.builder()
        .id(Integer.toString(index))
        .messageBody(message.body())
        .delaySeconds(message.delaySeconds())
        .messageGroupId(message.group())
        .build();
  }
}
