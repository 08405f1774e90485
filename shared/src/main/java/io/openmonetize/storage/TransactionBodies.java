package io.openmonetize.storage;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Lets a client write the ledger's transactions by {@link TransactionJson}. All else of a request,
 * and each other request, is the SDK's. What it would set by itself, an idempotency token of one
 * try, is left out: the conditions on events make a repetition harmless.
 */
public final class TransactionBodies implements ExecutionInterceptor {
  private static final ExecutionAttribute<byte[]> BODY =
      new ExecutionAttribute<>("io.openmonetize.TransactionBody");

  /** Of a request whose body is written already. */
  private static final String NO_TOKEN = "-";

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (context.request() instanceof TransactWriteItemsRequest request
        && request.clientRequestToken() == null
        && request.returnConsumedCapacity() == null
        && request.returnItemCollectionMetrics() == null
        && TransactionJson.canWrite(request.transactItems())) {
      attributes.putAttribute(BODY, TransactionJson.write(request.transactItems()));
      return request.toBuilder()
          .transactItems(List.<TransactWriteItem>of())
          .clientRequestToken(NO_TOKEN)
          .build();
    }
    return context.request();
  }

  @Override
  public Optional<RequestBody> modifyHttpContent(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    byte @Nullable [] body = attributes.getAttribute(BODY);
    return body == null ? context.requestBody() : Optional.of(RequestBody.fromBytes(body));
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    byte @Nullable [] body = attributes.getAttribute(BODY);
    return body == null
        ? context.httpRequest()
        : context.httpRequest().toBuilder()
            .putHeader("Content-Length", Integer.toString(body.length))
            .build();
  }
}
