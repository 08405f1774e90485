package io.openmonetize.proxy.relay;

import io.openmonetize.proxy.upstream.HopByHop;
import io.openmonetize.runtime.Prelude;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A provider's head as the prelude that the front door wants. */
final class ResponseHeaders {
  /**
   * Besides those of the connection. The length and the transfer are the front door's to state, and
   * it renames {@code date} and {@code server} rather than send them beside its own. {@code
   * alt-svc} would send the caller to another port of this host, where nobody speaks HTTP/3.
   */
  private static final Set<String> DROPPED = Set.of("content-length", "date", "server", "alt-svc");

  private static final String CORS_PREFIX = "access-control-";

  private ResponseHeaders() {}

  /**
   * @param own headers of the proxy's. Where the caller is a page, be it of an origin that may not
   *     call, they hold {@code vary} or rules for origins; the provider's rules, which are for
   *     pages that call it directly, are then dropped
   */
  static Prelude prelude(ResponseHead head, Map<String, String> own) {
    Set<String> hopByHop = HopByHop.names(head.headers());
    boolean toPage =
        own.keySet().stream().anyMatch(name -> name.equals("vary") || name.startsWith(CORS_PREFIX));
    Map<String, String> headers = new TreeMap<>();
    List<String> cookies = new ArrayList<>();
    for (Headers.Field field : head.headers().fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.equals("set-cookie")) {
        cookies.add(field.value());
      } else if (isEndToEnd(name, hopByHop) && !(toPage && name.startsWith(CORS_PREFIX))) {
        headers.merge(name, field.value(), (first, next) -> first + ", " + next);
      }
    }
    own.forEach(
        (name, value) ->
            headers.merge(
                name, value, (theirs, ours) -> isList(name) ? theirs + ", " + ours : ours));
    return new Prelude(head.status(), headers, cookies);
  }

  /** To these ours is added; of others the provider's own is replaced. */
  private static boolean isList(String name) {
    return name.equals("vary") || name.equals(OwnTime.HEADER);
  }

  /**
   * A function URL answers 500 itself where a function returns certain {@code x-amzn-*} headers.
   */
  private static boolean isEndToEnd(String name, Set<String> hopByHop) {
    return !hopByHop.contains(name) && !DROPPED.contains(name) && !name.startsWith("x-amzn-");
  }
}
