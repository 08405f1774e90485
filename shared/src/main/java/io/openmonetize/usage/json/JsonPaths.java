package io.openmonetize.usage.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The paths at which a {@link JsonScanner} keeps values, each with a slot number: its place in the
 * list they were made from.
 *
 * <p>A path is member names joined by dots ({@code message.usage}); {@code *} stands for every
 * element of an array ({@code output.*.type}). Values at a path that ends in {@code #} are counted
 * and not kept, save nulls, which count as absent. No wanted path may lead through another. Where a
 * path that ends in {@code !} has been read through, the values that stand below it make a record:
 * see {@link JsonSink#recordEnded}.
 */
public final class JsonPaths {
  private final List<String> paths;
  private final boolean[] repeated;
  private final boolean[] counted;
  private final Node root = new Node();
  private int depth;

  private JsonPaths(List<String> paths) {
    this.paths = List.copyOf(paths);
    this.repeated = new boolean[paths.size()];
    this.counted = new boolean[paths.size()];
  }

  public static JsonPaths of(String... paths) {
    return of(List.of(paths));
  }

  public static JsonPaths of(List<String> paths) {
    JsonPaths wanted = new JsonPaths(paths);
    for (int slot = 0; slot < paths.size(); slot++) {
      wanted.add(slot, paths.get(slot));
    }
    return wanted;
  }

  private void add(int slot, String path) {
    counted[slot] = path.endsWith("#");
    boolean record = path.endsWith("!");
    String walked = counted[slot] || record ? path.substring(0, path.length() - 1) : path;
    List<String> steps = List.of(walked.split("\\."));
    repeated[slot] = steps.contains("*");
    depth = Math.max(depth, steps.size());
    Node leaf = root.grow(steps);
    if (record) {
      leaf.record = true;
    } else {
      leaf.slot = slot;
    }
  }

  /** The slot of a path that this was made with. */
  public int slot(String path) {
    int slot = paths.indexOf(path);
    if (slot < 0) {
      throw new IllegalArgumentException("not a wanted path: " + path);
    }
    return slot;
  }

  public int size() {
    return paths.size();
  }

  /** Whether the path goes through an array, so that it may meet many values in one document. */
  boolean repeated(int slot) {
    return repeated[slot];
  }

  /** Whether values at the path are counted only. */
  boolean counted(int slot) {
    return counted[slot];
  }

  int depth() {
    return depth;
  }

  Node root() {
    return root;
  }

  /** One step of the wanted paths. */
  static final class Node {
    // Arrays, and no list's calls: a name is looked up for each member of each document.
    private byte[][] names = new byte[0][];
    private Node[] members = new Node[0];
    private @Nullable Node element;
    private int slot = -1;
    private boolean record;

    private Node grow(List<String> steps) {
      Node node = this;
      for (String step : steps) {
        node = step.equals("*") ? node.growElement() : node.growMember(step);
      }
      return node;
    }

    private Node growElement() {
      if (element == null) {
        element = new Node();
      }
      return element;
    }

    private Node growMember(String name) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      Node known = member(bytes, 0, bytes.length);
      if (known != null) {
        return known;
      }
      Node grown = new Node();
      names = Arrays.copyOf(names, names.length + 1);
      names[names.length - 1] = bytes;
      members = Arrays.copyOf(members, names.length);
      members[names.length - 1] = grown;
      return grown;
    }

    @Nullable Node member(byte[] name, int from, int length) {
      for (int i = 0; i < names.length; i++) {
        if (names[i].length == length && isAt(names[i], name, from)) {
          return members[i];
        }
      }
      return null;
    }

    private static boolean isAt(byte[] candidate, byte[] name, int from) {
      int i = 0;
      while (i < candidate.length && candidate[i] == name[from + i]) {
        i++;
      }
      return i == candidate.length;
    }

    @Nullable Node element() {
      return element;
    }

    boolean isRecord() {
      return record;
    }

    boolean hasMembers() {
      return members.length > 0;
    }

    /** The slot of a wanted value, or -1. */
    int slot() {
      return slot;
    }
  }
}
