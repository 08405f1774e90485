package io.openmonetize.usage.framing;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Undoes the content coding of a body as it comes, in bounded memory. */
public sealed interface Decoding permits Decoding.Identity, InflateDecoding {
  void accept(byte[] bytes, int from, int to);

  /**
   * No more bytes will come: frees what the decoder holds.
   *
   * @return why not everything could be decoded; null if it was
   */
  @Nullable String end();

  /**
   * The decoding for a {@code content-encoding} header; nothing for a coding that cannot be undone
   * here ({@code br}, {@code zstd}, or several at once).
   */
  static Optional<Decoding> of(@Nullable String contentEncoding, Framing framing) {
    String coding = "";
    for (String part : contentEncoding == null ? new String[0] : contentEncoding.split(",")) {
      String name = part.strip().toLowerCase(Locale.ROOT);
      if (name.isEmpty() || name.equals("identity")) {
        continue;
      }
      if (!coding.isEmpty()) {
        return Optional.empty();
      }
      coding = name;
    }
    return switch (coding) {
      case "" -> Optional.of(new Identity(framing));
      case "gzip", "x-gzip" -> Optional.of(InflateDecoding.gzip(framing));
      case "deflate" -> Optional.of(InflateDecoding.deflate(framing));
      default -> Optional.empty();
    };
  }

  /** A body that is not coded. */
  record Identity(Framing framing) implements Decoding {
    @Override
    public void accept(byte[] bytes, int from, int to) {
      framing.accept(bytes, from, to);
    }

    @Override
    public @Nullable String end() {
      return null;
    }
  }
}
