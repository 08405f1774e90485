package io.openmonetize.local.host;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.openmonetize.ingest.IngestFunction;
import io.openmonetize.query.OperatorsFunction;
import io.openmonetize.query.QueryFunction;
import io.openmonetize.worker.WorkerFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes each function as Lambda does, out of this process's environment alone, and calls it once.
 * Prints a line for each.
 */
final class MadeByLambda {
  private MadeByLambda() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("query " + query("/v1/usage/summary", arguments[0]));
    System.out.println("ingest " + ingest("/ready"));
    SQSEvent none = new SQSEvent();
    none.setRecords(List.of());
    int failures =
        new WorkerFunction().handleRequest(none, context("worker")).getBatchItemFailures().size();
    System.out.println("worker " + failures);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new OperatorsFunction()
        .handleRequest(
            new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)),
            answer,
            context("operators"));
    System.out.println("operators " + answer.toString(StandardCharsets.UTF_8));
  }

  private static int query(String path, String key) {
    return new QueryFunction().handleRequest(event(path, key), context("query")).getStatusCode();
  }

  private static int ingest(String path) {
    return new IngestFunction()
        .handleRequest(event(path, null), context("ingest-api"))
        .getStatusCode();
  }

  private static LocalContext context(String function) {
    Clock clock = Clock.systemUTC();
    return new LocalContext(function, "request-1", clock.instant().plusSeconds(60), clock);
  }

  private static APIGatewayV2HTTPEvent event(String path, @Nullable String key) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(path)
        .withHeaders(key == null ? Map.of() : Map.of("authorization", "Bearer " + key))
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withStage("$default")
                .withRequestId("request-1")
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                        .withMethod("GET")
                        .withPath(path)
                        .withSourceIp("127.0.0.1")
                        .build())
                .build())
        .build();
  }
}
