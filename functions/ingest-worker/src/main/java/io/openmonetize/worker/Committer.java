package io.openmonetize.worker;

import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.LedgerChange;
import io.openmonetize.storage.LedgerEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Tries to carry out changes of the ledger, and tells what came of it.
 *
 * <p>A lost answer does no harm: the conditions on the events guard the whole transaction, so when
 * it was carried out after all, the next try finds the events there and changes nothing. That is
 * why no client request token is set. It would do the same for ten minutes only, and a batch that
 * is folded anew would need a new one.
 */
final class Committer {
  /** The SDK's own tries would pause longer, and come back to the same shard. */
  private static final SdkPlugin TRY_ONCE =
      client ->
          client.overrideConfiguration(
              client.overrideConfiguration().toBuilder()
                  .retryStrategy(DefaultRetryStrategy.doNotRetry())
                  .build());

  private final DynamoDbClient dynamoDb;
  private final List<SdkPlugin> plugins;

  /**
   * @param dynamoDb that tries once: making it so for each call would cost more than the call
   */
  Committer(DynamoDbClient dynamoDb) {
    this(dynamoDb, List.of());
  }

  private Committer(DynamoDbClient dynamoDb, List<SdkPlugin> plugins) {
    this.dynamoDb = dynamoDb;
    this.plugins = plugins;
  }

  /** For a client that itself tries again, as those for reading do. */
  static Committer tryingOnce(DynamoDbClient dynamoDb) {
    return new Committer(dynamoDb, List.of(TRY_ONCE));
  }

  /** What came of one try. */
  sealed interface Result {
    record Done() implements Result {}

    /**
     * Nothing was changed, since some events are not as the change supposed.
     *
     * @param there what lies under their keys instead
     */
    record Otherwise(Map<EventKey, Optional<LedgerEntry>> there) implements Result {}

    /** Another try may succeed, or this one did and its answer was lost. */
    record Busy(String code) implements Result {}

    /** The store will not take one of the events. */
    record Refused(String code) implements Result {}

    /** The store will take nothing from us: no right, no table. */
    record Hopeless(String code) implements Result {}
  }

  Result attempt(LedgerChange change, Duration time) {
    try {
      dynamoDb.transactWriteItems(
          t ->
              t.transactItems(change.actions())
                  .overrideConfiguration(c -> c.apiCallTimeout(time).plugins(plugins)));
      return new Result.Done();
    } catch (TransactionCanceledException e) {
      return cancelled(change, e.cancellationReasons());
    } catch (AwsServiceException e) {
      return failed(e);
    } catch (SdkException e) {
      return new Result.Busy(e.getClass().getSimpleName());
    }
  }

  private static Result cancelled(LedgerChange change, List<CancellationReason> reasons) {
    Map<EventKey, Optional<LedgerEntry>> there = new HashMap<>();
    String refusal = null;
    String obstacle = "TransactionCanceled";
    for (int i = 0; i < reasons.size(); i++) {
      CancellationReason reason = reasons.get(i);
      switch (reason.code() == null ? "None" : reason.code()) {
        case "None" -> {}
        case "ConditionalCheckFailed" -> {
          EventKey key = change.supposedBy(i);
          if (key != null) {
            there.put(
                key,
                reason.hasItem() && !reason.item().isEmpty()
                    ? Optional.of(LedgerEntry.of(reason.item()))
                    : Optional.empty());
          }
        }
        case "ValidationError", "ItemCollectionSizeLimitExceeded" -> refusal = reason.code();
        default -> obstacle = reason.code();
      }
    }
    if (!there.isEmpty()) {
      return new Result.Otherwise(there);
    }
    return refusal != null ? new Result.Refused(refusal) : new Result.Busy(obstacle);
  }

  private static Result failed(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    if (code == null || e.statusCode() >= 500 || e.isThrottlingException()) {
      return new Result.Busy(code == null ? e.getClass().getSimpleName() : code);
    }
    return switch (code) {
      case "TransactionInProgressException", "TransactionConflictException" ->
          new Result.Busy(code);
      case "ValidationException" -> new Result.Refused(code);
      default -> new Result.Hopeless(code);
    };
  }
}
