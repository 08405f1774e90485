package io.openmonetize.proxy.request;

import io.openmonetize.events.Provider;
import io.openmonetize.proxy.request.Route.Probe;
import io.openmonetize.proxy.request.Route.Proxied;
import io.openmonetize.runtime.http1.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Chooses the provider by the path alone: clients disagree about auth headers (the newest Anthropic
 * SDKs send a Bearer token, as OpenAI's do). The exceptions are models and files, whose paths three
 * providers share.
 *
 * <p>Doubled slashes, which recorded traffic has, count as one here and go to the provider as they
 * came.
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
  private static final String FILES = "/v1/files";
  private static final Pattern SLASHES = Pattern.compile("/{2,}");

  /** A base URL may end in a slash behind the prefix, and no path may begin with two. */
  private static final Pattern LEADING_SLASHES = Pattern.compile("^/*");

  /** What only Google has, besides the actions of models: the Gemini API and Vertex. */
  private static final List<String> GOOGLE =
      List.of(
          "/v1beta/",
          "/v1beta1/",
          "/v1alpha/",
          "/upload/v1",
          "/download/v1",
          "/v1/projects/",
          "/v1/publishers/",
          "/v1/tunedModels/");

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
        String rest = path.substring(prefix.getKey().length());
        return new Proxied(prefix.getValue(), LEADING_SLASHES.matcher(rest).replaceFirst("/"));
      }
    }
    Optional<Provider> provider = provider(request, SLASHES.matcher(path).replaceAll("/"));
    return provider.isPresent() ? new Proxied(provider.get(), path) : new Route.Unknown();
  }

  private static Optional<Provider> provider(FunctionUrlRequest request, String path) {
    if (path.equals("/v1/messages")
        || path.startsWith("/v1/messages/")
        || path.equals("/v1/complete")
        || path.equals("/v1/complete/")) {
      return Optional.of(Provider.ANTHROPIC);
    }
    if (GOOGLE.stream().anyMatch(path::startsWith) || isGeminiAction(path)) {
      return Optional.of(Provider.GOOGLE);
    }
    if (isIn(FILES, path) || (isIn(MODELS, path) && request.method().equals("GET"))) {
      return Optional.of(byHeaders(request.headers()));
    }
    return path.startsWith("/v1/") && path.length() > "/v1/".length()
        ? Optional.of(Provider.OPENAI)
        : Optional.empty();
  }

  /**
   * {@code /v1/models/{model}:{action}}. OpenAI's fine-tuned models have colons too, and begin with
   * {@code ft:}, as no model of Gemini does. Clients may encode a colon and a slash.
   */
  private static boolean isGeminiAction(String path) {
    String plain = path.replace("%2F", "/").replace("%2f", "/");
    if (!plain.startsWith(MODELS + "/")) {
      return false;
    }
    String entry = plain.substring(MODELS.length() + 1).replace("%3A", ":").replace("%3a", ":");
    return !entry.startsWith("ft:") && entry.indexOf(':') >= 0;
  }

  /** The list, or one of its entries. */
  private static boolean isIn(String collection, String path) {
    return path.equals(collection) || path.startsWith(collection + "/");
  }

  private static Provider byHeaders(Headers headers) {
    if (headers.contains("x-goog-api-key")) {
      return Provider.GOOGLE;
    }
    return headers.contains("anthropic-version") ? Provider.ANTHROPIC : Provider.OPENAI;
  }
}
