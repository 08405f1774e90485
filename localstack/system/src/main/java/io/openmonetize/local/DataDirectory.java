package io.openmonetize.local;

import io.openmonetize.local.parts.LocalPartException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where local data are kept. Each part of it is in the hands of one process at a time. */
final class DataDirectory implements AutoCloseable {
  /** What a process can have for itself. */
  enum Part {
    STORE,
    QUEUE;

    private String lockFile() {
      return name().toLowerCase(Locale.ROOT) + ".lock";
    }

    private String endpointFile() {
      return name().toLowerCase(Locale.ROOT) + ".endpoint";
    }
  }

  static final Set<Part> WHOLE = EnumSet.allOf(Part.class);

  /** All that may be in it, so that a wrong {@code OM_DATA_DIR} loses nobody's files to a reset. */
  private static final List<String> CONTENT =
      List.of(
          "store",
          "queue",
          "dynoxide",
          "local.json",
          "local.json.new",
          "store.lock",
          "queue.lock",
          "store.endpoint",
          "queue.endpoint");

  private static final String DEMO = "demo";

  private final Path folder;
  private final List<FileChannel> locks = new ArrayList<>();
  private final List<Path> announced = new ArrayList<>();

  private DataDirectory(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws LocalPartException when another process has such a part
   */
  static DataDirectory open(Path folder, Set<Part> parts) {
    DataDirectory directory = new DataDirectory(folder);
    try {
      Files.createDirectories(folder);
      for (Part part : parts) {
        directory.lock(part);
      }
      return directory;
    } catch (IOException e) {
      directory.close();
      throw new LocalPartException(
          "the data folder " + folder.toAbsolutePath() + " can't be used", e);
    } catch (LocalPartException e) {
      directory.close();
      throw e;
    }
  }

  /** The demo's data are made up, and stay apart from those that may be real. */
  static Path demo(Path folder) {
    return folder.resolve(DEMO);
  }

  Path tables() {
    return created("store").resolve("tables.db");
  }

  Path queues() {
    return created("queue");
  }

  Path credentials() {
    return folder.resolve("local.json");
  }

  /** Where programs are kept that the build has not installed. */
  Path programs() {
    return folder.resolve("dynoxide");
  }

  /** Forgets everything, if it is there and nobody uses it. */
  static void reset(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    reset(demo(folder));
    open(folder, WHOLE).close();
    for (String name : CONTENT) {
      delete(folder.resolve(name));
    }
    boolean empty;
    try (Stream<Path> left = Files.list(folder)) {
      empty = left.findAny().isEmpty();
    }
    if (empty) {
      Files.delete(folder);
    }
  }

  /** Leaves word of where a part of it is served, for as long as this process has it. */
  void announce(Part part, URI endpoint) {
    Path file = folder.resolve(part.endpointFile());
    announced.add(file);
    try {
      Files.writeString(file, endpoint.toString());
    } catch (IOException e) {
      throw new LocalPartException(file + " can't be written", e);
    }
  }

  /**
   * Where the living process that has a part of the folder serves it. Empty when nobody has it:
   * what a killed process left behind does not count.
   */
  static Optional<URI> served(Path folder, Part part) {
    Path file = folder.resolve(part.endpointFile());
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      try (DataDirectory _ = open(folder, EnumSet.of(part))) {
        return Optional.empty();
      } catch (LocalPartException inUse) {
        return Optional.of(URI.create(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new LocalPartException(file + " can't be read", e);
    }
  }

  @Override
  public void close() {
    try {
      for (Path file : announced) {
        Files.deleteIfExists(file);
      }
      for (FileChannel lock : locks) {
        lock.close();
      }
    } catch (IOException e) {
      throw new LocalPartException("the data folder could not be released", e);
    }
  }

  private void lock(Part part) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(part.lockFile()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    locks.add(channel);
    if (tryLock(channel) == null) {
      throw new LocalPartException(
          "another OpenMonetize is using "
              + folder.toAbsolutePath()
              + ": stop it, or name another folder by OM_DATA_DIR",
          null);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  private Path created(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new LocalPartException(folder.resolve(name) + " can't be made", e);
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
