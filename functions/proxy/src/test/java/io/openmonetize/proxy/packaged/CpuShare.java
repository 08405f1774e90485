package io.openmonetize.proxy.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A control group whose processes get a share of one processor, as Lambda gives by memory: 512 MB
 * are 29 % of the one processor that 1,769 MB are.
 */
final class CpuShare implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** Of CFS, as Lambda is widely reported to have it. */
  private static final int PERIOD_MICROS = 20_000;

  private final Path group;
  private final Path parent;

  private CpuShare(Path group, Path parent) {
    this.group = group;
    this.parent = parent;
  }

  /** Empty where this process may not make such a group, or the system has none. */
  static Optional<CpuShare> make(int percent) {
    long quota = (long) PERIOD_MICROS * percent / 100;
    String name = "openmonetize-bench-" + ProcessHandle.current().pid();
    boolean unified = Files.exists(ROOT.resolve("cgroup.controllers"));
    Path parent = unified ? ROOT : ROOT.resolve("cpu");
    Path group = parent.resolve(name);
    try {
      if (!Files.isWritable(parent.resolve("cgroup.procs"))) {
        return Optional.empty();
      }
      if (unified) {
        Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+cpu");
      }
      Files.createDirectory(group);
      if (unified) {
        Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      } else {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      }
      return Optional.of(new CpuShare(group, parent));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** From now on, for all threads of it. */
  void take(long pid) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
  }

  /** Gives back what is still in it, since only an empty group can go. */
  @Override
  public void close() throws IOException {
    for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
      Files.writeString(parent.resolve("cgroup.procs"), pid);
    }
    Files.delete(group);
  }
}
