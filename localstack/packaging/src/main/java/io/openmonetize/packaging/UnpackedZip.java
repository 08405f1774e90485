package io.openmonetize.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks a zip as Lambda does: permissions kept, and times, which a zip states without a zone. */
public final class UnpackedZip {
  private UnpackedZip() {}

  public static PackageFolder unpack(Path zip, Path folder) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile());
        FileSystem modes =
            FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"))) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path target = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        try (InputStream bytes = file.getInputStream(entry)) {
          Files.copy(bytes, target);
        }
        Set<PosixFilePermission> permissions =
            Files.getPosixFilePermissions(modes.getPath(entry.getName()));
        Files.setPosixFilePermissions(target, permissions);
        Files.setLastModifiedTime(
            target, FileTime.from(entry.getTimeLocal().toInstant(ZoneOffset.UTC)));
      }
    }
    return new PackageFolder(folder);
  }

  public static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
