package io.openmonetize.proxy.request;

import io.openmonetize.events.Provider;
import io.openmonetize.proxy.request.Route.Probe;
import io.openmonetize.proxy.request.Route.Proxied;
import io.openmonetize.runtime.http1.Headers;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the provider by the path alone: clients disagree about auth headers (the newest Anthropic
 * SDKs send a Bearer token, as OpenAI's do). The exception is the models list, whose path three
 * providers share.
 */
public final class Routes {
  private static final Map<String, Provider> PREFIXES =
      Map.of(
          "/anthropic/", Provider.ANTHROPIC,
          "/openai/", Provider.OPENAI,
          "/gemini/", Provider.GOOGLE);
  private static final Map<String, Probe> PROBES =
      Map.of("/health", Probe.HEALTH, "/health/live", Probe.LIVE, "/health/ready", Probe.READY);
  private static final Set<String> PROBE_METHODS = Set.of("GET", "HEAD", "POST");

  /** TRACE would show a caller what stands between; CONNECT has no path. */
  private static final Set<String> REFUSED_METHODS = Set.of("TRACE", "CONNECT");

  private static final String MODELS = "/v1/models";

  private Routes() {}

  public static Route of(FunctionUrlRequest request) {
    String path = request.path();
    if (request.method().equals("OPTIONS")) {
      return new Route.Preflight();
    }
    Probe probe = PROBES.get(path);
    if (probe != null && PROBE_METHODS.contains(request.method())) {
      return new Route.Health(probe);
    }
    if (REFUSED_METHODS.contains(request.method())) {
      return new Route.Unknown();
    }
    return SafePath.isSafe(path) ? proxied(request, path) : new Route.Unsafe();
  }

  private static Route proxied(FunctionUrlRequest request, String path) {
    for (Map.Entry<String, Provider> prefix : PREFIXES.entrySet()) {
      if (path.startsWith(prefix.getKey())) {
        return new Proxied(prefix.getValue(), path.substring(prefix.getKey().length() - 1));
      }
    }
    if (path.equals("/v1/messages")
        || path.startsWith("/v1/messages/")
        || path.equals("/v1/complete")
        || path.equals("/v1/complete/")) {
      return new Proxied(Provider.ANTHROPIC, path);
    }
    if (path.startsWith("/v1beta/") || isGeminiAction(path)) {
      return new Proxied(Provider.GOOGLE, path);
    }
    if (isModels(path) && request.method().equals("GET")) {
      return new Proxied(byHeaders(request.headers()), path);
    }
    if (path.startsWith("/v1/") && path.length() > "/v1/".length()) {
      return new Proxied(Provider.OPENAI, path);
    }
    return new Route.Unknown();
  }

  /**
   * {@code /v1/models/{model}:{action}}. OpenAI's fine-tuned models have colons too, and begin with
   * {@code ft:}, as no model of Gemini does. Clients may encode a colon.
   */
  private static boolean isGeminiAction(String path) {
    if (!path.startsWith(MODELS + "/")) {
      return false;
    }
    String entry = path.substring(MODELS.length() + 1).replace("%3A", ":").replace("%3a", ":");
    return !entry.startsWith("ft:") && entry.indexOf(':') >= 0;
  }

  /** The list, or one of its entries. */
  private static boolean isModels(String path) {
    return path.equals(MODELS) || path.startsWith(MODELS + "/");
  }

  private static Provider byHeaders(Headers headers) {
    if (headers.contains("x-goog-api-key")) {
      return Provider.GOOGLE;
    }
    return headers.contains("anthropic-version") ? Provider.ANTHROPIC : Provider.OPENAI;
  }
}
