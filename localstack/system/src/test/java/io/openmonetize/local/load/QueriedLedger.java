package io.openmonetize.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.config.Environment;
import io.openmonetize.local.host.HttpApiHost;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.logging.Log;
import io.openmonetize.query.QueryFunction;
import io.openmonetize.query.operators.OperatorAccounts;
import io.openmonetize.storage.Tables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A loaded ledger behind the query function, on a port and through a client that counts items. */
public final class QueriedLedger implements AutoCloseable {
  public static final String OPERATOR = "reader";
  public static final String PASSWORD = "of nobody's concern";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DynamoDbServer server;
  private final ReadCounter counter;
  private final DynamoDbClient client;
  private final HttpApiHost host;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String cookie;

  private QueriedLedger(Path file, Tables tables, Map<String, String> more, Clock clock)
      throws IOException, InterruptedException {
    this.server = DynamoDbServer.start(file, 0);
    this.counter = new ReadCounter();
    this.client = counter.client(server.endpoint());
    // The empty one is in no export.
    tables.create(client);
    SecureRandom random = new SecureRandom();
    OperatorAccounts.create(client, tables.control(), clock, random, "a test")
        .ensure(OPERATOR, PASSWORD);
    Map<String, String> variables = new HashMap<>(more);
    variables.put("OM_DYNAMODB_ENDPOINT", server.endpoint().toString());
    variables.put("OM_CONTROL_TABLE", tables.control());
    variables.put("OM_USAGE_TABLE", tables.usage());
    Log log = new Log(System.err, Log.Level.WARN, clock);
    QueryFunction query =
        QueryFunction.create(new Environment(variables), client, clock, random, log);
    this.host =
        HttpApiHost.start(
            0, List.of(new HttpApiHost.Route(Set.of(), "*", "query", query)), clock, log);
    this.cookie = signIn();
  }

  /**
   * @param file of the local server, as {@link StoreFile} makes it
   * @param more of the function's variables
   * @param clock by which the function tells the ranges that are not given
   */
  public static QueriedLedger open(Path file, Tables tables, Map<String, String> more, Clock clock)
      throws IOException, InterruptedException {
    return new QueriedLedger(file, tables, more, clock);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + host.port());
  }

  /**
   * The answer of a route to a signed-in operator.
   *
   * @param target path and query
   * @throws AssertionError when the answer is not 200
   */
  public byte[] get(String target) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + target)).header("Cookie", cookie).build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new AssertionError(
          target
              + ": "
              + answer.statusCode()
              + " "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body();
  }

  public JsonNode json(String target) throws IOException, InterruptedException {
    return JSON.readTree(get(target));
  }

  /** How many items the store reads for the answer, those of the session included. */
  public int itemsRead(String target) throws IOException, InterruptedException {
    counter.take();
    get(target);
    return counter.take();
  }

  @Override
  public void close() {
    http.shutdownNow();
    host.close();
    client.close();
    server.close();
  }

  private String signIn() throws IOException, InterruptedException {
    String body =
        JSON.createObjectNode().put("name", OPERATOR).put("password", PASSWORD).toString();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/v1/session"))
            .header("Content-Type", "application/json")
            .header("X-OM-CSRF", "1")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
    return answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
  }
}
