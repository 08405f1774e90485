package io.openmonetize.query.files;

import java.util.Map;
import java.util.Optional;

/**
 * What the file is, by the end of its name. A file of any other kind is not served.
 *
 * @param contentType its {@code Content-Type}
 * @param compressible whether gzip makes it smaller
 */
record FileType(String contentType, boolean compressible) {
  private static final Map<String, FileType> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("html", new FileType("text/html; charset=utf-8", true)),
          Map.entry("js", new FileType("text/javascript; charset=utf-8", true)),
          Map.entry("css", new FileType("text/css; charset=utf-8", true)),
          Map.entry("svg", new FileType("image/svg+xml", true)),
          Map.entry("json", new FileType("application/json", true)),
          Map.entry("txt", new FileType("text/plain; charset=utf-8", true)),
          Map.entry("md", new FileType("text/markdown; charset=utf-8", true)),
          Map.entry("webmanifest", new FileType("application/manifest+json", true)),
          Map.entry("png", new FileType("image/png", false)),
          Map.entry("ico", new FileType("image/x-icon", false)),
          Map.entry("woff2", new FileType("font/woff2", false)));

  static Optional<FileType> of(String name) {
    return Optional.ofNullable(BY_EXTENSION.get(name.substring(name.lastIndexOf('.') + 1)));
  }
}
