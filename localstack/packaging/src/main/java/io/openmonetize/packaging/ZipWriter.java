package io.openmonetize.packaging;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Zips a folder: the same files give the same bytes, wherever and by whomever they are zipped. */
final class ZipWriter {
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

  private ZipWriter() {}

  /**
   * @param time of all files
   */
  static void write(Path folder, Path zip, Instant time) throws IOException {
    Files.deleteIfExists(zip);
    try (FileSystem out =
        FileSystems.newFileSystem(
            zip, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
      for (Path file : contents(folder)) {
        Path entry = out.getPath(folder.relativize(file).toString());
        boolean isFolder = Files.isDirectory(file);
        if (isFolder) {
          Files.createDirectory(entry);
        } else {
          Files.copy(file, entry);
        }
        // A zip may state when a file was made and read, too.
        Files.getFileAttributeView(entry, BasicFileAttributeView.class)
            .setTimes(FileTime.from(time), FileTime.from(time), FileTime.from(time));
        Files.setPosixFilePermissions(entry, isFolder || Files.isExecutable(file) ? PROGRAM : FILE);
      }
    }
  }

  private static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.equals(folder)).sorted().toList();
    }
  }
}
