import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/**
 * Prints sizes and fails the build, {@code java PackageLimits.java <zip>...}, for a package that
 * Lambda would not take: zips over 50 MB can't be uploaded directly, and none may unpack to more
 * than 250 MB (docs.aws.amazon.com, gettingstarted-limits).
 */
public final class PackageLimits {
  private static final long ZIPPED_BYTES = 50_000_000;
  private static final long UNPACKED_BYTES = 250_000_000;

  private PackageLimits() {}

  public static void main(String[] zips) throws IOException {
    boolean fits = true;
    for (String zip : zips) {
      fits &= fits(Path.of(zip));
    }
    System.exit(fits ? 0 : 1);
  }

  private static boolean fits(Path zip) throws IOException {
    long unpacked;
    try (ZipFile file = new ZipFile(zip.toFile())) {
      unpacked = file.stream().mapToLong(entry -> entry.getSize()).sum();
    }
    System.out.printf(
        "%s: %,d bytes of %,d, unpacked %,d of %,d%n",
        zip.getFileName(), Files.size(zip), ZIPPED_BYTES, unpacked, UNPACKED_BYTES);
    return fits(zip, "", Files.size(zip), ZIPPED_BYTES)
        & fits(zip, " unpacked", unpacked, UNPACKED_BYTES);
  }

  private static boolean fits(Path zip, String how, long bytes, long limit) {
    if (bytes < limit) {
      return true;
    }
    System.err.printf("%s has %,d bytes%s; Lambda takes less than %,d%n", zip, bytes, how, limit);
    return false;
  }
}
