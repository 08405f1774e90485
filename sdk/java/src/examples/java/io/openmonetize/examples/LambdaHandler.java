package io.openmonetize.examples;

import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.CustomEvent;
import io.openmonetize.sdk.FlushReport;
import io.openmonetize.sdk.OpenMonetize;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** A function on AWS Lambda, which is frozen between its calls: what is to go, goes before. */
public final class LambdaHandler implements Function<Map<String, String>, String> {
  private static final OpenMonetize OM = OpenMonetize.builder().build();

  @Override
  public String apply(Map<String, String> event) {
    try {
      OM.trackCustomEvent(
          CustomEvent.builder()
              .who(Attribution.of(event.get("customer"), event.get("user"), "export"))
              .unitType("pages")
              .quantity(3)
              .build());
      return "done";
    } finally {
      FlushReport report = OM.flush(Duration.ofSeconds(3));
      if (report.pending() > 0) {
        System.err.println(report.pending() + " event(s) go with the next call");
      }
    }
  }
}
