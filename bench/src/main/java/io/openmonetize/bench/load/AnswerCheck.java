package io.openmonetize.bench.load;

/** Tells whether an answer's body comes as the provider sent it, and how old its pieces are. */
interface AnswerCheck {
  void begin();

  void body(byte[] bytes, int from, int to, long now);

  /**
   * @throws IllegalStateException when the answer was not whole
   */
  void end();
}
