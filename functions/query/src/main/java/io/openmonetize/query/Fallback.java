package io.openmonetize.query;

import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import java.util.List;

/** Paths that are no route: unknown below the API, a file anywhere else. */
final class Fallback implements Handler {
  /**
   * What the existing TypeScript package's server had and this has not: whoever comes from there is
   * told so, and does not look for a mistake of their own.
   */
  private enum Absent {
    CREDITS(
        "Credits and wallets are not part of this product: it says what was used and what that cost"
            + " in US dollars (GET /v1/usage/summary).",
        "/v1/credits",
        "/v1/users",
        "/v1/apiconsole/topup"),
    ENTITLEMENTS("Entitlements are not part of this product.", "/v1/entitlements"),
    RATING(
        "Rating is not part of this product; what models cost is in GET /v1/prices.",
        "/v1/rating",
        "/v1/burn-tables",
        "/v1/apiconsole"),
    ACCOUNTS(
        "Customers need no account here: an event names its customer. Keys are made in the"
            + " dashboard, by an operator.",
        "/v1/customers/register",
        "/v1/customers/me",
        "/v1/customers/rotate-key",
        "/v1/auth"),
    ANALYTICS(
        "Of the analytics there are usage, costs and cost-breakdown; see also GET /v1/usage/series"
            + " and GET /v1/usage/forecast.",
        "/v1/analytics");

    private final String message;
    private final List<String> paths;

    Absent(String message, String... paths) {
      this.message = message;
      this.paths = List.of(paths);
    }

    private boolean has(String path) {
      return paths.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
    }
  }

  private final Handler files;

  Fallback(Handler files) {
    this.files = files;
  }

  @Override
  public Answer handle(Request request) {
    if (request.path().equals("/v1") || request.path().startsWith("/v1/")) {
      for (Absent absent : Absent.values()) {
        if (absent.has(request.path())) {
          throw new Refusal(ErrorCode.NOT_FOUND, absent.message);
        }
      }
      throw new Refusal(ErrorCode.NOT_FOUND, "This API has no such path.");
    }
    return files.handle(request);
  }
}
