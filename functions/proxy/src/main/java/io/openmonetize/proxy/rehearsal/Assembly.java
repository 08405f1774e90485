package io.openmonetize.proxy.rehearsal;

import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.upstream.Upstream;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.Responder;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Puts the proxy together over the neighbours that it is given. */
@FunctionalInterface
public interface Assembly {
  BiConsumer<Invocation, Responder> over(
      Environment environment, DynamoDbClient dynamoDb, SqsClient sqs, Upstream upstream, Log log);
}
