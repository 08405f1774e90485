package io.openmonetize.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void readme_eachPieceOfJava_isOfAnExample() throws IOException {
    String examples = examples();
    List<String> pieces =
        JAVA.matcher(Files.readString(Path.of("README.md")))
            .results()
            .map((MatchResult result) -> result.group(1))
            .toList();
    assertThat(pieces).isNotEmpty().allSatisfy(piece -> assertThat(examples).contains(piece));
  }

  private static String examples() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/examples/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
