package io.openmonetize.usage.reading;

import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a document reports an error: {@code error.type} (Anthropic, OpenAI), {@code error.status}
 * (Google) or {@code error.code}.
 */
public final class ErrorFields {
  /**
   * The paths that must be wanted for this to find anything; the message only shows that one is.
   */
  public static final List<String> PATHS =
      List.of("error.type", "error.status", "error.code", "error.message#");

  private final int type;
  private final int status;
  private final int code;
  private final int message;

  public ErrorFields(JsonPaths paths, String prefix) {
    type = paths.slot(prefix + PATHS.get(0));
    status = paths.slot(prefix + PATHS.get(1));
    code = paths.slot(prefix + PATHS.get(2));
    message = paths.slot(prefix + PATHS.get(3));
  }

  /** Whether the document reports an error. */
  public boolean isIn(DocumentValues values) {
    return values.isText(type)
        || values.isText(status)
        || values.isText(code)
        || values.count(message) > 0;
  }

  /** The provider's word for the error that {@link #isIn the document reports}; null if none. */
  public @Nullable String typeIn(DocumentValues values) {
    String typeText = values.text(type);
    String codeText = values.text(code);
    if (codeText != null && isLimit(typeText)) {
      return codeText;
    }
    if (typeText != null) {
      return typeText;
    }
    String statusText = values.text(status);
    if (statusText != null || codeText != null) {
      return statusText != null ? statusText : codeText;
    }
    String number = values.raw(code);
    return number.isEmpty() || number.equals("null") ? null : number;
  }

  /** OpenAI's type of a rate limit error is what was limited; its code says what happened. */
  private static boolean isLimit(@Nullable String type) {
    return type != null && (type.equals("requests") || type.equals("tokens"));
  }
}
