package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.http.Json;
import io.openmonetize.storage.OperatorTable.Operator;
import io.openmonetize.storage.Retention;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, and to what.
 *
 * @param environment {@code dev} or {@code live}
 * @param proxyUrl where provider SDKs are to be pointed; null where this deployment does not say
 * @param retention how long events are kept
 */
public record SessionJson(String environment, @Nullable URI proxyUrl, Retention retention) {
  ObjectNode of(Operator operator) {
    return Json.object()
        .put("name", operator.name())
        .put("role", operator.role().wireName())
        .put("environment", environment)
        .put("proxy_url", proxyUrl == null ? null : withoutSlash(proxyUrl.toString()))
        .put("event_retention_days", retention.days());
  }

  /** A function's URL ends with a slash, and readers put their own before what they append. */
  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
