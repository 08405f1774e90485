package io.openmonetize.worker;

import io.openmonetize.config.Environment;
import io.openmonetize.pricing.PriceBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Price books with a price of the operator's own, read from a file as the function reads it. */
final class Books {
  private Books() {}

  /**
   * @param input of Anthropic's {@code model}, in US dollars per million tokens; output is free
   */
  static PriceBook with(Path folder, String model, String input) {
    String file =
        """
        {"version": "own", "providers": {"ANTHROPIC": [{"names": ["%s"], "periods": [
          {"per_million_tokens": {"input": "%s", "cache_read": "0", "output": "0"}}]}]}}
        """
            .formatted(model, input);
    try {
      Path own = Files.writeString(Files.createTempFile(folder, "prices", ".json"), file);
      return PriceBook.of(new Environment(Map.of("OM_PRICE_OVERRIDES", own.toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
