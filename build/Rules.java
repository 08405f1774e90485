import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules of this house that no compiler knows. Money and token counts never pass through a binary
 * fraction: the packages that hold them may not name one.
 */
public final class Rules {
  private static final List<String> EXACT =
      List.of("events", "pricing", "storage", "usage", "worker", "ingest", "query");
  private static final Pattern BINARY_FRACTION =
      Pattern.compile("\\b(double|float|Double|Float|doubleValue|floatValue|parseDouble)\\b");
  private static final Pattern COMMENT = Pattern.compile("^\\s*(\\*|/\\*|//)");

  private Rules() {}

  public static void main(String[] args) throws IOException {
    List<String> broken = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
      for (Path file : files.filter(Rules::isExact).toList()) {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          String line = lines.get(i);
          if (BINARY_FRACTION.matcher(line).find() && !COMMENT.matcher(line).find()) {
            broken.add(
                file + ":" + (i + 1) + ": a binary fraction where money or tokens are counted");
          }
        }
      }
    }
    broken.forEach(System.err::println);
    System.exit(broken.isEmpty() ? 0 : 1);
  }

  private static boolean isExact(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".java")
        && EXACT.stream().anyMatch(p -> path.contains("src/main/java/io/openmonetize/" + p + "/"));
  }
}
