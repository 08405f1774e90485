package io.openmonetize.examples;

import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.CustomEvent;
import io.openmonetize.sdk.OpenMonetize;
import java.time.Duration;
import java.util.Map;

/** A function on AWS Lambda, which is frozen between its calls: what is to go, goes before. */
public final class LambdaHandler {
  private static final OpenMonetize OM = OpenMonetize.builder().build();

  public String handleRequest(Map<String, String> event) {
    try {
      OM.trackCustomEvent(
          CustomEvent.builder()
              .who(Attribution.of(event.get("customer"), event.get("user"), "export"))
              .unitType("pages")
              .quantity(3)
              .build());
      return "done";
    } finally {
      OM.flush(Duration.ofSeconds(3));
    }
  }
}
