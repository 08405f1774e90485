import static java.util.zip.ZipFile.OPEN_READ;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Links a function's own Java runtime, {@code java RuntimeImage.java <folder> <class path>
 * --without=<modules>}: out of the JDK that runs this file, with the modules that the class path
 * needs, unless the folder holds just that already. The result fits the operating system and
 * processor that it is built on.
 */
public final class RuntimeImage {
  private RuntimeImage() {}

  public static void main(String[] args) throws IOException {
    Path image = Path.of(args[0]);
    SortedSet<String> modules = modulesNeededBy(args[1]);
    modules.removeAll(List.of(args[2].substring("--without=".length()).split(",")));
    List<String> options =
        List.of(
            "--add-modules=" + String.join(",", modules),
            // Lambda zips the package anyway; unpacking modules at start would cost 65 ms.
            "--compress=zip-0",
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages");
    Path receipt = image.resolveSibling(image.getFileName() + ".made-of");
    String ingredients = jdk() + "\n" + authorities() + "\n" + String.join("\n", options) + "\n";
    if (Files.exists(receipt) && Files.readString(receipt).equals(ingredients)) {
      return;
    }
    Files.deleteIfExists(receipt);
    delete(image);
    List<String> command = new ArrayList<>(options);
    command.add("--output=" + image);
    link(command);
    Files.writeString(receipt, ingredients);
  }

  /**
   * In a process of its own: jlink writes packages in the order in which it finds them, which is
   * another where this process has looked at some already, as the compiler and jdeps have.
   */
  private static void link(List<String> options) throws IOException {
    List<String> command = new ArrayList<>(options);
    command.addFirst(Path.of(System.getProperty("java.home"), "bin", "jlink").toString());
    try {
      int result = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (result != 0) {
        throw new IllegalStateException("jlink ended with " + result);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while jlink was running", e);
    }
  }

  private static SortedSet<String> modulesNeededBy(String classPath) throws IOException {
    SortedSet<String> needed = new TreeSet<>();
    List<String> undeclared = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      Optional<ModuleDescriptor> declared = declaredBy(path);
      if (declared.isPresent()) {
        needed.addAll(requiredBy(declared.get()));
      } else if (Files.exists(path)) {
        // Without a class yet, our own module has no folder of classes.
        undeclared.add(entry);
      }
    }
    needed.addAll(usedBy(undeclared));
    return needed;
  }

  private static Optional<ModuleDescriptor> declaredBy(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (JarFile jar = new JarFile(path.toFile(), false, OPEN_READ, Runtime.version())) {
      JarEntry declaration = jar.getJarEntry("module-info.class");
      return declaration == null
          ? Optional.empty()
          : Optional.of(ModuleDescriptor.read(jar.getInputStream(declaration)));
    }
  }

  /** A jar's own word is better than a look at its classes, for it tells what is optional. */
  private static List<String> requiredBy(ModuleDescriptor module) {
    return module.requires().stream()
        .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
        .map(Requires::name)
        .filter(name -> ModuleFinder.ofSystem().find(name).isPresent())
        .toList();
  }

  private static List<String> usedBy(List<String> jars) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "-q",
                "--print-module-deps",
                // Optional parts of a library are missing on purpose; they are never called.
                "--ignore-missing-deps",
                "--multi-release=" + Runtime.version().feature()));
    command.addAll(jars);
    return List.of(jdeps(command).strip().split(","));
  }

  private static String jdeps(List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int result =
        ToolProvider.findFirst("jdeps")
            .orElseThrow(() -> new IllegalStateException("no jdeps in " + jdk()))
            .run(out, out, arguments.toArray(new String[0]));
    if (result != 0) {
      throw new IllegalStateException("jdeps ended with " + result + ": " + said);
    }
    return said.toString();
  }

  private static String jdk() {
    return String.join(
        " ",
        System.getProperty("java.vendor"),
        Runtime.version().toString(),
        "for",
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  /**
   * A distribution keeps those that it trusts beside the JDK, and renews them without a new one.
   */
  private static String authorities() throws IOException {
    Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
