package io.openmonetize.usage.json;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy must know of a request's JSON body, read without changing or keeping it.
 *
 * @param fields where {@code model}, {@code stream}, {@code stream_options} and {@code input} stand
 * @param model the top-level {@code model}; null where it is no string
 * @param stream whether the top-level {@code stream} is {@code true}
 */
public record RequestScan(TopLevelFields fields, @Nullable String model, boolean stream) {
  private static final String MODEL = "model";
  private static final String STREAM = "stream";
  private static final String STREAM_OPTIONS = "stream_options";
  private static final String INCLUDE_USAGE = "include_usage";
  private static final String INPUT = "input";

  /** Scans a body; nothing if it is not exactly one JSON object. */
  public static Optional<RequestScan> of(byte[] body) {
    return TopLevelFields.of(body, List.of(MODEL, STREAM, STREAM_OPTIONS, INPUT))
        .map(fields -> new RequestScan(fields, fields.text(MODEL), fields.is(STREAM, "true")));
  }

  /** Where the value of {@code stream_options} stands; null where there is none. */
  public @Nullable ByteRange streamOptions() {
    return fields.range(STREAM_OPTIONS);
  }

  /**
   * The members of {@code stream_options}, with the place of {@code include_usage} among them;
   * nothing where it is no object.
   */
  public Optional<TopLevelFields> insideStreamOptions() {
    return fields.inside(STREAM_OPTIONS, List.of(INCLUDE_USAGE));
  }

  /** Whether the request itself asks for the usage of its stream. */
  public boolean asksForUsage() {
    return insideStreamOptions().filter(options -> options.is(INCLUDE_USAGE, "true")).isPresent();
  }

  /** The Unicode code points of a top-level {@code input} that is a string, else null. */
  public @Nullable Long inputCharacters() {
    String input = fields.text(INPUT);
    return input == null ? null : (long) input.codePointCount(0, input.length());
  }
}
