package io.openmonetize.deployment;

import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpHandler;
import io.openmonetize.runtime.http1.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A DynamoDB and an SQS server on one address, which tells them apart by {@code X-Amz-Target}. */
public final class OnePort implements AutoCloseable {
  private final DynamoDbServer dynamoDb;
  private final SqsServer sqs;
  private final HttpHandler rest;
  private final HttpServer server;
  private final Forwarding forwarding = new Forwarding();

  private OnePort(InetSocketAddress address, HttpHandler rest) throws IOException {
    this.rest = rest;
    dynamoDb = DynamoDbServer.start();
    try {
      sqs = SqsServer.start();
    } catch (RuntimeException e) {
      dynamoDb.close();
      throw e;
    }
    try {
      server = HttpServer.start(address, this::handle);
    } catch (IOException e) {
      sqs.close();
      dynamoDb.close();
      throw e;
    }
  }

  /** On a free port of the loopback address, in memory. */
  public static OnePort start() throws IOException {
    return start(OnePort::notImplemented);
  }

  /**
   * @param rest answers what is neither for DynamoDB nor for SQS
   */
  static OnePort start(HttpHandler rest) throws IOException {
    return new OnePort(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), rest);
  }

  /**
   * @throws IOException such as a {@link java.net.BindException} when the port is taken
   */
  static OnePort start(InetSocketAddress address) throws IOException {
    return new OnePort(address, OnePort::notImplemented);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    server.close();
    forwarding.close();
    sqs.close();
    dynamoDb.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = exchange.request().headers().first(Forwarding.TARGET).orElse("");
    if (target.startsWith("DynamoDB_")) {
      passOn(exchange, dynamoDb.endpoint());
    } else if (target.startsWith("AmazonSQS.")) {
      passOn(exchange, sqs.endpoint());
    } else if (exchange.request().target().equals("/_localstack/health")) {
      json(exchange, 200, "{\"services\":{\"dynamodb\":\"running\",\"sqs\":\"running\"}}");
    } else {
      rest.handle(exchange);
    }
  }

  /** As LocalStack answers for what it lacks. */
  private static void notImplemented(HttpExchange exchange) throws IOException {
    json(
        exchange,
        501,
        "{\"__type\":\"NotImplemented\",\"message\":\"Only DynamoDB and SQS are here\"}");
  }

  private void passOn(HttpExchange exchange, URI to) throws IOException {
    forwarding.passOn(exchange, exchange.body().readAll(Forwarding.REQUEST_BYTES), to);
  }

  private static void json(HttpExchange exchange, int status, String body) throws IOException {
    exchange.respond(
        status,
        Headers.of("Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
