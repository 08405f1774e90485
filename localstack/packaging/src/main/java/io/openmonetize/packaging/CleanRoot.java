package io.openmonetize.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A root folder with nothing in it but a shell, the C library, four devices and {@code /proc}: less
 * than {@code provided.al2023} has. Or, by {@code -Dclean.root=<folder>}, one that holds another
 * system, such as an older one from debootstrap.
 */
record CleanRoot(Path path) {
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+)");

  /** Parts of the C library that a program of Java may want, and the shell may not. */
  private static final List<String> PARTS_OF_GLIBC =
      List.of("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1");

  /** Mounts are of this process and its children only, and end with them. */
  private static final String ENTER =
      """
      set -e
      for device in null zero random urandom; do
        : >"$1/dev/$device"
        mount --bind "/dev/$device" "$1/dev/$device"
      done
      mount -t proc proc "$1/proc"
      exec chroot "$1" /var/task/bootstrap
      """;

  private static final List<String> OWN_NAMESPACES =
      List.of("unshare", "--mount", "--pid", "--fork", "--kill-child");

  /** Null where this process may make a root, else why it may not. */
  static @Nullable String reasonAgainst() throws IOException, InterruptedException {
    if (!System.getProperty("os.name").equals("Linux")) {
      return "only Linux can start the package";
    }
    List<String> probe = new ArrayList<>(command());
    probe.addAll(List.of("sh", "-c", "mount -t tmpfs none /mnt && chroot / /bin/sh -c :"));
    String said;
    try {
      said = run(probe);
    } catch (IOException e) {
      return "no root folder may be changed to here: " + e.getMessage();
    }
    return said.isEmpty() ? null : said;
  }

  static CleanRoot make(Path folder) throws IOException, InterruptedException {
    String given = System.getProperty("clean.root", "");
    CleanRoot root = new CleanRoot(given.isEmpty() ? folder : Path.of(given));
    for (String name : List.of("dev", "proc", "tmp", "bin", "var/task")) {
      Files.createDirectories(root.path.resolve(name));
    }
    if (given.isEmpty()) {
      root.copyShell();
    }
    return root;
  }

  /** Starts what is in {@code /var/task}. */
  List<String> start() {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of("sh", "-c", ENTER, "enter", path.toString()));
    return command;
  }

  private void copyShell() throws IOException, InterruptedException {
    Path shell = Path.of("/bin/sh").toRealPath();
    Files.copy(shell, path.resolve("bin/sh"), StandardCopyOption.COPY_ATTRIBUTES);
    Matcher libraries = LIBRARY.matcher(run(List.of("ldd", shell.toString())));
    Path besides = null;
    while (libraries.find()) {
      Path library = Path.of(libraries.group(1));
      copy(library);
      if (library.getFileName().toString().startsWith("libc.so")) {
        besides = library.getParent();
      }
    }
    if (besides == null) {
      throw new IOException("the shell of this machine has no C library");
    }
    for (String part : PARTS_OF_GLIBC) {
      copy(besides.resolve(part));
    }
  }

  /** Under the same name: programs name their loader in full. */
  private void copy(Path library) throws IOException {
    Path target = path.resolve(library.toString().substring(1));
    Files.createDirectories(target.getParent());
    Files.copy(library.toRealPath(), target, StandardCopyOption.REPLACE_EXISTING);
    target.toFile().setExecutable(true);
  }

  /** Without root's rights a user namespace gives them, where the machine allows those. */
  private static List<String> command() {
    List<String> command = new ArrayList<>(OWN_NAMESPACES);
    if (!System.getProperty("user.name").equals("root")) {
      command.add("--map-root-user");
    }
    return command;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(said.strip());
    }
    return said;
  }
}
