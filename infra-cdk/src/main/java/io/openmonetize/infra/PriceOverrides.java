package io.openmonetize.infra;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.constructs.Node;

/** The operator's own prices, for the functions that price events and the one that shows prices. */
final class PriceOverrides {
  private PriceOverrides() {}

  /**
   * The variables, with {@code OM_PRICE_OVERRIDES} where {@code -c priceOverrides=…} names a file
   * as the functions see it: in their package or, by a layer, under {@code /opt}.
   *
   * @throws IllegalArgumentException when it is no absolute path
   */
  static Map<String, String> with(Node node, Map<String, String> variables) {
    Optional<String> file =
        Context.text(node, Context.PRICE_OVERRIDES, "/.+", "an absolute path such as /opt/a.json");
    if (file.isEmpty()) {
      return variables;
    }
    Map<String, String> all = new HashMap<>(variables);
    all.put("OM_PRICE_OVERRIDES", file.get());
    return all;
  }
}
