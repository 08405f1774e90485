package io.openmonetize.examples;

import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.FlushReport;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.Provider;
import io.openmonetize.sdk.TokenUsage;

/** Reports the tokens of one call, and says what became of it. */
public final class Quickstart {
  private Quickstart() {}

  public static void main(String[] arguments) {
    try (OpenMonetize om = OpenMonetize.builder().build()) {
      om.trackTokenUsage(
          TokenUsage.builder()
              .who(Attribution.of("acme", "ann", "chat"))
              .provider(Provider.ANTHROPIC)
              .model("claude-sonnet-4-5")
              .inputTokens(12)
              .outputTokens(5)
              .build());
      FlushReport report = om.flush();
      System.out.println(report);
    }
  }
}
