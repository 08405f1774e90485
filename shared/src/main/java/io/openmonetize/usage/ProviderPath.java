package io.openmonetize.usage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's path in segments, percent-decoded, without empty ones (doubled slashes occur).
 *
 * @param segments without what stands before the operation: {@code v1}, {@code v1beta}, {@code
 *     upload} …
 * @param action what follows a colon in the last segment ({@code generateContent}), taken off it;
 *     empty where nothing does
 */
record ProviderPath(List<String> segments, String action) {
  ProviderPath {
    segments = List.copyOf(segments);
  }

  static ProviderPath parse(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String raw : rawPath.split("/")) {
      if (!raw.isEmpty()) {
        segments.addAll(resource(decode(raw)));
      }
    }
    while (!segments.isEmpty() && isPrefix(segments.getFirst())) {
      segments.removeFirst();
    }
    String action = "";
    if (!segments.isEmpty()) {
      String last = segments.getLast();
      int colon = last.lastIndexOf(':');
      // The ids of fine-tuned models have colons too, but no operation of theirs ends in one.
      if (colon > 0) {
        action = last.substring(colon + 1);
        segments.set(segments.size() - 1, last.substring(0, colon));
      }
    }
    return new ProviderPath(segments, action);
  }

  boolean is(String... expected) {
    return segments.equals(List.of(expected));
  }

  boolean startsWith(String... expected) {
    return segments.size() >= expected.length
        && segments.subList(0, expected.length).equals(List.of(expected));
  }

  boolean endsWith(String... expected) {
    int from = segments.size() - expected.length;
    return from >= 0 && segments.subList(from, segments.size()).equals(List.of(expected));
  }

  boolean contains(String segment) {
    return segments.contains(segment);
  }

  int length() {
    return segments.size();
  }

  /** The segment at the place, or an empty one. */
  String at(int index) {
    return index < segments.size() ? segments.get(index) : "";
  }

  /** Without the first segments. */
  ProviderPath from(int index) {
    return new ProviderPath(
        segments.subList(Math.min(index, segments.size()), segments.size()), action);
  }

  @Nullable String model() {
    for (String collection : List.of("models", "tunedModels", "deployments")) {
      String name = after(collection);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  @Nullable String batch() {
    String batch = after("batches");
    return batch == null ? after("files") : batch;
  }

  private @Nullable String after(String collection) {
    int index = segments.lastIndexOf(collection);
    return index >= 0 && index + 1 < segments.size() ? segments.get(index + 1) : null;
  }

  /** Clients may encode the slash of a model's resource name, and of nothing else that matters. */
  private static List<String> resource(String segment) {
    int slash = segment.indexOf('/');
    String collection = slash < 0 ? "" : segment.substring(0, slash);
    return collection.equals("models") || collection.equals("tunedModels")
        ? List.of(collection, segment.substring(slash + 1))
        : List.of(segment);
  }

  private static boolean isPrefix(String segment) {
    return segment.equals("upload")
        || segment.equals("download")
        || (segment.length() >= 2
            && segment.charAt(0) == 'v'
            && Character.isDigit(segment.charAt(1)));
  }

  /** Undoes percent-encoding; what is none stands as it is. */
  private static String decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    int i = 0;
    while (i < bytes.length) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
      if (low >= 0) {
        decoded.write(high << 4 | low);
        i += 3;
      } else {
        decoded.write(bytes[i++]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
