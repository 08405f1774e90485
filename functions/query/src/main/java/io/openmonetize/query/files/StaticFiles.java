package io.openmonetize.query.files;

import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves what lies below one folder of the class path; {@code /} is its {@code index.html}. Files
 * below {@code /assets/} have a hash of their content in their name, so they may be kept for ever;
 * all others are asked for again each time, and then mostly answered by 304.
 */
public final class StaticFiles implements Handler {
  /** Names begin with a letter, digit, dash or underscore: no {@code ..}, no hidden file. */
  private static final Pattern SERVED =
      Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}){1,8}");

  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final ClassLoader classLoader;
  private final String folder;

  /** Bounded by what the jar holds. */
  private final Map<String, StoredFile> files = new ConcurrentHashMap<>();

  /**
   * @param folder such as {@code META-INF/dashboard}
   */
  public StaticFiles(ClassLoader classLoader, String folder) {
    this.classLoader = classLoader;
    this.folder = folder;
  }

  @Override
  public Answer handle(Request request) {
    String path = request.path();
    if (path.isEmpty()) {
      // Without the slash, a browser would look for the page's own files one level too high.
      return Answer.empty(308).with("location", request.stagePath() + "/");
    }
    StoredFile file =
        find(path.equals("/") ? "/index.html" : path)
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this path."));
    if (!request.isSafe()) {
      throw Refusal.methodNotAllowed("GET, HEAD");
    }
    return answer(request, file);
  }

  private static Answer answer(Request request, StoredFile file) {
    byte[] zipped = file.zipped();
    boolean zip =
        zipped != null && AcceptEncoding.takesGzip(request.header("accept-encoding").orElse(""));
    // The two forms are different bytes, so they need different tags.
    String tag = "\"" + file.hash() + (zip ? "-gzip" : "") + "\"";
    boolean known = EntityTags.match(request.header("if-none-match").orElse(""), tag);
    Answer answer =
        known
            ? Answer.empty(304)
            : Answer.of(
                200, file.type().contentType(), zip && zipped != null ? zipped : file.plain());
    return (zip && !known ? answer.with("content-encoding", "gzip") : answer)
        .with("etag", tag)
        .with("vary", "accept-encoding")
        .with("cache-control", request.path().startsWith("/assets/") ? FOR_EVER : "no-cache");
  }

  private Optional<StoredFile> find(String path) {
    if (!SERVED.matcher(path).matches()) {
      return Optional.empty();
    }
    StoredFile known = files.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<StoredFile> read = FileType.of(path).flatMap(type -> read(type, path));
    read.ifPresent(file -> files.put(path, file));
    return read;
  }

  private Optional<StoredFile> read(FileType type, String path) {
    try (var content = classLoader.getResourceAsStream(folder + path)) {
      return content == null
          ? Optional.empty()
          : Optional.of(StoredFile.of(type, content.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
