package io.openmonetize.query.files;

/** {@code If-None-Match}: a list of tags, weak ones counting as strong (RFC 9110, 13.1.2). */
final class EntityTags {
  private EntityTags() {}

  static boolean match(String header, String tag) {
    for (String element : header.split(",")) {
      String known = element.strip();
      if (known.equals("*") || (known.startsWith("W/") ? known.substring(2) : known).equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
