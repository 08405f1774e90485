package io.openmonetize.proxy.packaged;

import java.nio.file.Path;
import java.time.Instant;

/**
 * The build's last step, {@code BuildPackage <folder> <zip> <folder of caches> <time of all
 * files>}: of a folder with the start script, a Java runtime and jars it makes the zip that is
 * deployed, with an AOT cache, and sees that the zip works.
 */
public final class BuildPackage {
  private BuildPackage() {}

  public static void main(String[] arguments) throws Exception {
    PackageFolder folder = new PackageFolder(Path.of(arguments[0]).toAbsolutePath());
    Path zip = Path.of(arguments[1]);
    Path caches = Path.of(arguments[2]).toAbsolutePath();
    Instant time = Instant.parse(arguments[3]);
    TrainedCache.addTo(folder, caches, time);
    ZipWriter.write(folder.path(), zip, time);
    ZipCheck.run(zip);
    // The queue of the training keeps threads for a while.
    System.exit(0);
  }
}
