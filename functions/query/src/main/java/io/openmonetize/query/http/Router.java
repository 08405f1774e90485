package io.openmonetize.query.http;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the route of a call; what no route's path matches goes to the fallback. */
public final class Router implements Handler {
  private final List<Route> routes;
  private final Handler fallback;

  public Router(List<Route> routes, Handler fallback) {
    this.routes = List.copyOf(routes);
    this.fallback = fallback;
  }

  @Override
  public Answer handle(Request request) {
    List<Route> atPath =
        routes.stream().filter(route -> route.path().matches(request.path())).toList();
    if (atPath.isEmpty()) {
      return fallback.handle(request);
    }
    return atPath.stream()
        .filter(route -> route.takes(request.method()))
        .findFirst()
        .map(route -> route.handler().handle(request))
        .orElseThrow(() -> Refusal.methodNotAllowed(methods(atPath)));
  }

  private static String methods(List<Route> routes) {
    return routes.stream()
        .map(Route::method)
        .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
        .collect(Collectors.joining(", "));
  }
}
