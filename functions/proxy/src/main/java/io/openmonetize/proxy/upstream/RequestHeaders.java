package io.openmonetize.proxy.upstream;

import io.openmonetize.events.Provider;
import io.openmonetize.runtime.http1.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What of a caller's headers the provider gets: all of them as they came, less our own, those of
 * the connection, and those that the front door added.
 */
public final class RequestHeaders {
  private static final String ANTHROPIC_VERSION = "anthropic-version";

  /** What the documented curl line, which names no version, was written against. */
  private static final String ANTHROPIC_VERSION_DEFAULT = "2023-06-01";

  /** Set anew for the connection to the provider. */
  private static final Set<String> RESET =
      Set.of("host", "content-length", "expect", "accept-encoding");

  /**
   * Function URLs add {@code x-forwarded-*} and {@code x-amzn-*} (trace id, TLS facts), CloudFront
   * before them {@code via}, {@code x-amz-cf-id} and {@code cloudfront-*}. They tell the provider
   * where the caller is, which is not the proxy's to tell.
   */
  private static final List<String> FRONT_DOOR_PREFIXES =
      List.of("x-forwarded-", "x-amzn-", "x-amz-cf-", "cloudfront-");

  private static final Set<String> FRONT_DOOR = Set.of("via", "forwarded");

  private RequestHeaders() {}

  /**
   * @param identity whether the answer must come uncoded, because a frame of it is to be found
   */
  public static Headers forUpstream(Provider provider, Headers caller, boolean identity) {
    Set<String> hopByHop = HopByHop.names(caller);
    List<Headers.Field> kept = new ArrayList<>();
    for (Headers.Field field : caller.fields()) {
      if (!hopByHop.contains(field.name()) && isEndToEnd(field.name())) {
        kept.add(new Headers.Field(field.name(), latin1(field.value())));
      }
    }
    String offered = String.join(",", caller.all("accept-encoding"));
    kept.add(
        new Headers.Field(
            "accept-encoding",
            identity ? AcceptEncoding.IDENTITY : AcceptEncoding.narrow(offered)));
    if (provider == Provider.ANTHROPIC && !caller.contains(ANTHROPIC_VERSION)) {
      kept.add(new Headers.Field(ANTHROPIC_VERSION, ANTHROPIC_VERSION_DEFAULT));
    }
    return new Headers(kept);
  }

  private static boolean isEndToEnd(String name) {
    return !name.startsWith("x-om-")
        && !RESET.contains(name)
        && !FRONT_DOOR.contains(name)
        && FRONT_DOOR_PREFIXES.stream().noneMatch(name::startsWith);
  }

  /**
   * Text that the front door had decoded goes out in the bytes it came in; the rest is unchanged.
   */
  private static String latin1(String value) {
    boolean fits = value.chars().allMatch(c -> c <= 0xff);
    return fits
        ? value
        : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
