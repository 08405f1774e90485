package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openmonetize.local.parts.StandInProviders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The programs of {@code sdk/typescript/test/system}, with the built package and the official
 * clients, each in a Node of its own.
 */
final class NodePrograms {
  private final Path folder;
  private final Map<String, String> variables;

  private NodePrograms(Path folder, Map<String, String> variables) {
    this.folder = folder;
    this.variables = variables;
  }

  /** Where there is no Node the calling test is skipped. */
  static NodePrograms of(TestSystem test) throws Exception {
    assumeTrue(hasNode(), "There is no node on the path");
    Path folder = sdk();
    // Neither does anything where Maven has built the package before, as in a build of all.
    run(folder, List.of("node", "build/npm-install.mjs"));
    run(folder, List.of("node", "build/compile.mjs", "--if-stale"));
    strip(folder);
    StandInProviders providers = test.providers();
    return new NodePrograms(
        folder,
        Map.of(
            "OPENMONETIZE_API_KEY", test.system().apiKey(),
            "OPENMONETIZE_BASE_URL", test.system().dashboard().toString(),
            "OPENMONETIZE_PROXY_URL", test.system().proxy().toString(),
            "ANTHROPIC_URL", providers.anthropic().baseUrl().toString(),
            "OPENAI_URL", providers.openAi().baseUrl().toString(),
            "GEMINI_URL", providers.gemini().baseUrl().toString()));
  }

  NodeProgram start(Map<String, String> more, String name, String... arguments) throws IOException {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(more);
    List<String> line = new ArrayList<>(List.of("node", "target/system/" + name + ".js"));
    line.addAll(List.of(arguments));
    return NodeProgram.start(line, folder, all);
  }

  /** TypeScript as JavaScript: its types are checked when the package is built. */
  private static void strip(Path folder) throws Exception {
    List<String> line = new ArrayList<>(List.of("node_modules/.bin/esbuild"));
    try (Stream<Path> files = Files.list(folder.resolve("test/system"))) {
      files.map(Path::toString).filter(name -> name.endsWith(".ts")).sorted().forEach(line::add);
    }
    line.addAll(List.of("--outdir=target/system", "--format=esm", "--log-level=warning"));
    run(folder, line);
  }

  private static void run(Path folder, List<String> line) throws Exception {
    Process process =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path sdk() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("sdk/typescript");
      if (Files.exists(folder.resolve("package.json"))) {
        return folder;
      }
    }
    throw new AssertionError("the folder sdk/typescript was not found");
  }
}
