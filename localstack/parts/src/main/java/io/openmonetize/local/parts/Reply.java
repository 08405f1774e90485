package io.openmonetize.local.parts;

import java.util.List;

/**
 * What the model of a stand-in says.
 *
 * @param pieces the text as it is streamed, each piece an event of its own
 * @param tokens what is billed for it; reasoning above zero makes the answer think first
 */
public record Reply(List<String> pieces, Tokens tokens) {
  public Reply {
    pieces = List.copyOf(pieces);
  }

  String text() {
    return String.join("", pieces);
  }
}
