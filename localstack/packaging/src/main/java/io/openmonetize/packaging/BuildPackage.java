package io.openmonetize.packaging;

import java.nio.file.Path;
import java.time.Instant;

/**
 * The build's last step, {@code BuildPackage <folder> <zip> <folder of caches> <time of all files>
 * <main class> <training class>}: of a folder with the start script, a Java runtime and jars it
 * makes the zip that is deployed, with an AOT cache, and sees that the zip works.
 */
public final class BuildPackage {
  private BuildPackage() {}

  public static void main(String[] arguments) throws Exception {
    PackageFolder folder = new PackageFolder(Path.of(arguments[0]).toAbsolutePath());
    Path zip = Path.of(arguments[1]);
    Path caches = Path.of(arguments[2]).toAbsolutePath();
    Instant time = Instant.parse(arguments[3]);
    String mainClass = arguments[4];
    Training training =
        (Training) Class.forName(arguments[5]).getDeclaredConstructor().newInstance();
    NativeTransport.unpackIn(folder);
    LeanJars.rewriteIn(folder);
    new TrainedCache(folder, mainClass, training, time).add(caches);
    ZipWriter.write(folder.path(), zip, time);
    ZipCheck.run(zip, training);
    // The queue of the training keeps threads for a while.
    System.exit(0);
  }
}
