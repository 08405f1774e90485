package io.openmonetize.usage;

/** How the transport of an answer ended. What the answer itself says of its end is read from it. */
public enum AnswerEnd {
  /** The provider ended it: the length was reached, or the last chunk came. */
  WHOLE,
  /** The provider's connection broke, or its time was up. */
  INTERRUPTED,
  /** The caller left and the rest was not waited for. */
  ABANDONED
}
