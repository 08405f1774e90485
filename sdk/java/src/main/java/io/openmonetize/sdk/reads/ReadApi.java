package io.openmonetize.sdk.reads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.sdk.OpenMonetizeException;
import io.openmonetize.sdk.transport.HttpCall;
import io.openmonetize.sdk.transport.HttpReply;
import io.openmonetize.sdk.transport.HttpTransport;
import io.openmonetize.sdk.transport.RequestHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The query API's reads. Internal: the client has the same methods. */
public final class ReadApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REPLY_BYTES_AT_MOST = 64 * 1024 * 1024;

  private final HttpTransport transport;
  private final String baseUrl;
  private final @Nullable String apiKey;
  private final Duration timeout;

  /**
   * Makes no call yet.
   *
   * @param transport by which to call
   * @param baseUrl without a slash at its end
   * @param apiKey null for none
   * @param timeout of one call
   */
  public ReadApi(
      HttpTransport transport, String baseUrl, @Nullable String apiKey, Duration timeout) {
    this.transport = transport;
    this.baseUrl = baseUrl;
    this.apiKey = apiKey;
    this.timeout = timeout;
  }

  /**
   * Sums.
   *
   * @param query of what
   * @return the sums
   */
  public UsageSummary usage(UsageQuery query) {
    return get("/v1/usage/summary", query.parameters(), body -> UsageSummary.of(body.path("data")));
  }

  /**
   * Costs by something.
   *
   * @param query of what, by what
   * @return the rows
   */
  public CostBreakdown costs(CostQuery query) {
    return get(
        "/v1/usage/breakdown", query.parameters(), body -> CostBreakdown.of(body.path("data")));
  }

  /**
   * Events over all pages.
   *
   * @param query which ones
   * @return page by page as it is consumed
   */
  public Stream<RecordedEvent> events(EventQuery query) {
    return Stream.iterate(
            page(query, null),
            page -> page != null,
            page -> page.nextCursor() == null ? null : page(query, page.nextCursor()))
        .flatMap(page -> page.events().stream());
  }

  /**
   * One page of events.
   *
   * @param query which ones
   * @param cursor of the page; null for the first
   * @return the page
   */
  public EventPage page(EventQuery query, @Nullable String cursor) {
    Map<String, String> parameters = query.parameters();
    if (cursor != null) {
      parameters.put("cursor", cursor);
    }
    return get("/v1/events", parameters, ReadApi::page);
  }

  private static EventPage page(JsonNode body) {
    if (!body.path("data").isArray()) {
      throw new Values.UnexpectedException("data");
    }
    List<RecordedEvent> events = new ArrayList<>();
    body.path("data").forEach(event -> events.add(RecordedEvent.of(event)));
    return new EventPage(events, Values.textOrNull(body, "next_cursor"));
  }

  private <T> T get(String path, Map<String, String> parameters, Function<JsonNode, T> reading) {
    HttpReply reply = exchange(path, parameters);
    String text = new String(reply.body(), StandardCharsets.UTF_8);
    JsonNode body = jsonOrNull(text);
    if (reply.status() != 200 || body == null) {
      throw new OpenMonetizeException(message(path, reply.status(), body), reply.status(), text);
    }
    try {
      return reading.apply(body);
    } catch (Values.UnexpectedException e) {
      throw new OpenMonetizeException(path + ": " + e.getMessage(), reply.status(), text);
    }
  }

  private HttpReply exchange(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    URI uri = URI.create(baseUrl + path + (query.isEmpty() ? "" : "?" + query));
    try {
      return transport.exchange(
          new HttpCall(
              "GET", uri, RequestHeaders.of(apiKey, false), null, timeout, REPLY_BYTES_AT_MOST));
    } catch (IOException e) {
      throw new OpenMonetizeException(path + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OpenMonetizeException(path + ": interrupted", e);
    }
  }

  private static String message(String path, int status, @Nullable JsonNode body) {
    String message = body == null ? null : body.path("message").textValue();
    return path + ": " + status + (message == null ? "" : " " + message);
  }

  private static @Nullable JsonNode jsonOrNull(String text) {
    try {
      JsonNode body = JSON.readTree(text);
      return body != null && body.isObject() ? body : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
