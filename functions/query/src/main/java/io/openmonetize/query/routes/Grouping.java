package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.Provider;
import io.openmonetize.query.http.Json;
import org.jspecify.annotations.Nullable;

/** By what sums are told apart. */
enum Grouping {
  MODEL("model"),
  FEATURE("feature"),
  PROVIDER("provider"),
  CUSTOMER("customer"),
  USER("user");

  private final String wireName;

  Grouping(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /**
   * One group.
   *
   * @param provider with a model or a provider only
   * @param value the name of the model, feature, customer or user; null where there is none
   */
  record Key(Grouping by, @Nullable Provider provider, @Nullable String value) {
    ObjectNode json() {
      ObjectNode json = Json.object();
      String providerName = provider == null ? null : provider.name();
      return switch (by) {
        case MODEL -> json.put("provider", providerName).put("model", value);
        case PROVIDER -> json.put("provider", providerName);
        case FEATURE -> json.put("feature_id", value);
        case CUSTOMER -> json.put("customer_id", value);
        case USER -> json.put("user_id", value);
      };
    }

    /** A fixed order for groups that are equal otherwise. */
    String order() {
      return json().toString();
    }
  }
}
