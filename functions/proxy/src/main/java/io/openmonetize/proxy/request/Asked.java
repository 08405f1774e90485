package io.openmonetize.proxy.request;

import io.openmonetize.events.Provider;
import io.openmonetize.usage.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of its provider, as far as the proxy must know.
 *
 * @param model the model asked for; null where it could not be found
 * @param stream whether the answer is to come piece by piece
 * @param mayStream whether it may, for all that could be read: a body in an unknown coding, or one
 *     that breaks off, may ask for it too
 * @param inputCharacters code points of a speech request's input, by which it is billed; null for
 *     other requests
 * @param body what goes upstream: the caller's bytes, save for a spliced {@code include_usage}
 * @param usageAdded whether it was spliced in, so that its frame must be withheld from the caller
 */
public record Asked(
    Endpoint endpoint,
    @Nullable String model,
    boolean stream,
    boolean mayStream,
    @Nullable Long inputCharacters,
    byte[] body,
    boolean usageAdded) {

  /** A text nobody would call a model; longer ones, and such with controls, are not kept. */
  private static final int MODEL_CHARACTERS_AT_MOST = 256;

  /** The members looked for stand outside of what makes a request large; the rest is not needed. */
  private static final int INFLATED_BYTES_AT_MOST = 32 * 1024 * 1024;

  private static final Set<String> STREAM_PARAMETERS = Set.of("alt=sse", "stream=true");

  private record Found(
      @Nullable String model,
      boolean stream,
      boolean mayStream,
      @Nullable Long inputCharacters,
      Optional<byte[]> withUsage) {
    static final Found NOTHING = new Found(null, false, false, null, Optional.empty());
    static final Found UNREADABLE = new Found(null, false, true, null, Optional.empty());
  }

  public static Asked of(FunctionUrlRequest request, Route.Proxied route) {
    Endpoint endpoint = Endpoint.of(route.provider(), request.method(), route.path());
    Found found = request.body().length == 0 ? Found.NOTHING : inspect(request, endpoint);
    Optional<byte[]> withUsage = found.withUsage;
    boolean stream =
        found.stream || endpoint == Endpoint.GEMINI_STREAM_GENERATE_CONTENT || byQuery(request);
    return new Asked(
        endpoint,
        model(route, found.model),
        stream,
        stream || found.mayStream,
        endpoint == Endpoint.OPENAI_AUDIO_SPEECH ? found.inputCharacters : null,
        withUsage.orElse(request.body()),
        withUsage.isPresent());
  }

  private static Found inspect(FunctionUrlRequest request, Endpoint endpoint) {
    String contentType = request.headers().first("content-type").orElse("");
    Optional<MultipartBody> form = MultipartBody.of(contentType, request.body());
    if (form.isPresent()) {
      boolean stream = form.get().field("stream").orElse("").equals("true");
      String model = form.get().field("model").orElse(null);
      return new Found(model, stream, stream, null, Optional.empty());
    }
    String coding =
        request.headers().first("content-encoding").orElse("identity").toLowerCase(Locale.ROOT);
    return switch (coding.strip()) {
      case "identity" -> inspectJson(request.body(), endpoint);
      case "gzip", "x-gzip" -> {
        Found found = inspectJson(inflated(request.body()), endpoint);
        // A coded body would have to be coded anew, and then no byte of it would be the caller's.
        yield new Found(
            found.model, found.stream, found.mayStream, found.inputCharacters, Optional.empty());
      }
      default -> Found.UNREADABLE;
    };
  }

  private static Found inspectJson(byte[] body, Endpoint endpoint) {
    JsonBody json = JsonBody.read(body);
    boolean silentStream =
        endpoint == Endpoint.OPENAI_CHAT_COMPLETIONS || endpoint == Endpoint.OPENAI_COMPLETIONS;
    return new Found(
        json.model(),
        json.stream(),
        json.stream() || !json.whole(),
        json.inputCharacters(),
        silentStream ? json.withUsageIncluded() : Optional.empty());
  }

  private static byte[] inflated(byte[] body) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return gzip.readNBytes(INFLATED_BYTES_AT_MOST);
    } catch (IOException e) {
      // Broken in itself: the provider will say so.
      return new byte[0];
    }
  }

  /** Gemini's path decides which model works; its bodies may name another. */
  private static @Nullable String model(Route.Proxied route, @Nullable String inBody) {
    String inPath = Endpoint.modelInPath(route.path());
    boolean pathFirst = route.provider() == Provider.GOOGLE;
    String model =
        pathFirst ? (inPath == null ? inBody : inPath) : (inBody == null ? inPath : inBody);
    boolean fit =
        model != null && model.length() <= MODEL_CHARACTERS_AT_MOST && Characters.isPlain(model);
    return fit ? model : null;
  }

  private static boolean byQuery(FunctionUrlRequest request) {
    return Arrays.stream(request.query().split("&")).anyMatch(STREAM_PARAMETERS::contains);
  }
}
