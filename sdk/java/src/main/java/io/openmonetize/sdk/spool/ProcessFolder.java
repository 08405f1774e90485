package io.openmonetize.sdk.spool;

import io.openmonetize.sdk.OpenMonetizeLogger;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The folder of one process, whose lock is held by whoever writes or empties it. */
final class ProcessFolder {
  private static final String LOCK = "lock";
  private static final int TRIES = 5;

  private final Path path;
  private final FileChannel channel;

  private ProcessFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  Path path() {
    return path;
  }

  static ProcessFolder create(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (int i = 0; i < TRIES; i++) {
      Path path = directory.resolve(thisProcess() + "-" + UUID.randomUUID());
      Files.createDirectory(path, ownersOnly());
      ProcessFolder folder = lock(path, StandardOpenOption.CREATE);
      if (folder != null) {
        return folder;
      }
      // A process that starts just now took it for one that is left behind, and deletes it.
    }
    throw new IOException("New folders in " + directory + " are locked by other processes");
  }

  /** Customers and metadata are nobody else's to read. */
  private static FileAttribute<?>[] ownersOnly() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
  }

  /** The folders of processes that are gone, each of them now locked by this one. */
  static List<ProcessFolder> takeOver(Path directory, OpenMonetizeLogger log) throws IOException {
    List<ProcessFolder> gone = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, Files::isDirectory)) {
      for (Path path : folders) {
        if (!isOfThisProcess(path) && Files.exists(path.resolve(LOCK))) {
          takeOver(path, gone, log);
        }
      }
    }
    return gone;
  }

  private static void takeOver(Path path, List<ProcessFolder> gone, OpenMonetizeLogger log) {
    try {
      ProcessFolder folder = lock(path, StandardOpenOption.WRITE);
      if (folder != null) {
        gone.add(folder);
      }
    } catch (IOException e) {
      // Another process may have just emptied and deleted it.
      log.debug("A folder of the spool is passed over: " + e);
    }
  }

  /**
   * Lock files of clients of this same process must not be as much as opened: closing a file gives
   * up all locks that a process holds on it (POSIX, fcntl).
   */
  private static boolean isOfThisProcess(Path path) {
    return path.getFileName().toString().startsWith(thisProcess() + "-");
  }

  /** Process ids come again, in containers always; not so with the moment of the start. */
  private static String thisProcess() {
    ProcessHandle self = ProcessHandle.current();
    long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return self.pid() + "-" + started;
  }

  /** Null when another process holds the lock. */
  private static @Nullable ProcessFolder lock(Path path, StandardOpenOption how)
      throws IOException {
    FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE, how);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new ProcessFolder(path, channel);
      }
      channel.close();
      return null;
    } catch (OverlappingFileLockException e) {
      channel.close();
      return null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Segments in the order in which they were begun. */
  List<Path> segments() throws IOException {
    List<Path> segments = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + Segment.SUFFIX)) {
      files.forEach(segments::add);
    }
    segments.sort(null);
    return segments;
  }

  /** Deletes the folder if no segment is left in it, and gives up the lock. Never throws. */
  void close(OpenMonetizeLogger log) {
    try {
      if (segments().isEmpty()) {
        // The lock goes with it: who opened it meanwhile finds no segments.
        Files.deleteIfExists(path.resolve(LOCK));
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      log.warn("A folder of the spool is left for the next process to delete: " + e);
    }
    try {
      channel.close();
    } catch (IOException e) {
      log.warn("The lock of a folder of the spool cannot be given up: " + e);
    }
  }
}
