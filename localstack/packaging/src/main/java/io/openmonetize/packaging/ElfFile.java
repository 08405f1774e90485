package io.openmonetize.packaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a 64-bit little-endian ELF file wants of others: names and places as in {@code elf.h} of the
 * System V ABI and the Linux Standard Base's chapter on symbol versions.
 *
 * @param libraries such as {@code libc.so.6}
 * @param versions of symbols, such as {@code GLIBC_2.17}
 */
record ElfFile(List<String> libraries, List<String> versions) {
  private static final int MAGIC = 0x464c457f;
  private static final byte CLASS_64 = 2;
  private static final int SECTION_TABLE = 0x28;
  private static final int SECTION_SIZE = 0x3a;
  private static final int SECTION_COUNT = 0x3c;

  private static final int DYNAMIC = 6;
  private static final int VERSIONS_NEEDED = 0x6ffffffe;
  private static final int DYNAMIC_ENTRY_BYTES = 16;
  private static final long NEEDED = 1;

  private record Section(int type, int offset, int size, int strings, int entries) {}

  static boolean isElf(byte[] bytes) {
    return bytes.length > SECTION_COUNT + 2 && little(bytes).getInt(0) == MAGIC;
  }

  static ElfFile read(byte[] bytes) {
    ByteBuffer file = little(bytes);
    if (bytes[4] != CLASS_64) {
      throw new IllegalArgumentException("no 64-bit ELF file");
    }
    List<Section> sections = new ArrayList<>();
    int at = (int) file.getLong(SECTION_TABLE);
    for (int i = 0; i < file.getShort(SECTION_COUNT); i++) {
      sections.add(
          new Section(
              file.getInt(at + 4),
              (int) file.getLong(at + 24),
              (int) file.getLong(at + 32),
              file.getInt(at + 40),
              file.getInt(at + 44)));
      at += file.getShort(SECTION_SIZE);
    }
    List<String> libraries = new ArrayList<>();
    List<String> versions = new ArrayList<>();
    for (Section section : sections) {
      if (section.type() == DYNAMIC) {
        addLibraries(file, section, sections.get(section.strings()).offset(), libraries);
      } else if (section.type() == VERSIONS_NEEDED) {
        addVersions(file, section, sections.get(section.strings()).offset(), versions);
      }
    }
    return new ElfFile(List.copyOf(libraries), List.copyOf(versions));
  }

  private static void addLibraries(
      ByteBuffer file, Section section, int strings, List<String> libraries) {
    int end = section.offset() + section.size();
    for (int at = section.offset(); at < end; at += DYNAMIC_ENTRY_BYTES) {
      if (file.getLong(at) == NEEDED) {
        libraries.add(text(file, strings + (int) file.getLong(at + 8)));
      }
    }
  }

  /** A chain of files that are needed, of each of which hangs a chain of versions. */
  private static void addVersions(
      ByteBuffer file, Section section, int strings, List<String> versions) {
    int needed = section.offset();
    for (int i = 0; i < section.entries(); i++) {
      int version = needed + file.getInt(needed + 8);
      for (int j = 0; j < file.getShort(needed + 2); j++) {
        versions.add(text(file, strings + file.getInt(version + 8)));
        version += file.getInt(version + 12);
      }
      needed += file.getInt(needed + 12);
    }
  }

  private static String text(ByteBuffer file, int from) {
    int end = from;
    while (file.get(end) != 0) {
      end++;
    }
    return new String(file.array(), from, end - from, StandardCharsets.US_ASCII);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
