package io.openmonetize.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest extends RuntimeTest {
  @Test
  void readme_example_isTheCodeThatWeRun() throws IOException {
    String code =
        Files.readString(Path.of("src/test/java/io/openmonetize/runtime/HelloStream.java"));
    int start = code.indexOf("  public static void main");
    String example = code.substring(start, code.lastIndexOf("}")).stripTrailing().stripIndent();

    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example + "\n```");
  }

  @Test
  void example_oneInvocation_streams() throws Exception {
    api.event("id-1");

    run(HelloStream::hello);

    assertThat(api.response("id-1").chunks()).hasSize(4);
    assertThat(text(api.response("id-1").chunks().get(3))).isEqualTo("data: hello 3\n\n");
  }
}
