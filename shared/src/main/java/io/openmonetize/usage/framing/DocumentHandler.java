package io.openmonetize.usage.framing;

import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;

/** Understands the documents of an answer, one after the other. */
public interface DocumentHandler {
  /** What of each document is wanted. */
  JsonPaths paths();

  /**
   * A document, or as much as came of one: {@link #unreadable} follows if it was not whole.
   *
   * @param alone whether it is the whole body, and not one of many
   */
  void document(DocumentValues values, boolean alone);

  /** A record of the document has ended, if the wanted paths mark any; the values are its own. */
  default void record(DocumentValues values) {}

  /** The {@code [DONE]} with which some event streams end. */
  default void endMark() {}

  /** Something that may have held a wanted value could not be read, for the reason given. */
  void unreadable(String reason);
}
