package io.openmonetize.proxy.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of a process as the kernel counts it.
 *
 * @param now {@code VmRSS}, in kB
 * @param peak {@code VmHWM}, in kB
 */
record ResidentMemory(long now, long peak) {
  static ResidentMemory of(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    long now = 0;
    long peak = 0;
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        now = kilobytes(line);
      } else if (line.startsWith("VmHWM:")) {
        peak = kilobytes(line);
      }
    }
    return new ResidentMemory(now, peak);
  }

  private static long kilobytes(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }
}
