package io.openmonetize.packaging;

import java.io.IOException;

/**
 * Calls that show a function at its work. A class that the build names has a public constructor
 * without parameters.
 */
public interface Training {
  /** The class of the handler, as {@code _HANDLER} names it. */
  String handler();

  /**
   * Starts what the function speaks to besides tables and queue, and names it by variables. What is
   * started is handed over to be closed.
   */
  default void prepare(Surroundings surroundings) throws Exception {}

  /**
   * Makes one call of each kind.
   *
   * @throws IOException when one is not answered as it should be
   */
  void calls(Surroundings surroundings, PackagedFunction function) throws Exception;

  /**
   * Makes the most usual call.
   *
   * @throws IOException when it is not answered as it should be
   */
  void call(Surroundings surroundings, PackagedFunction function) throws Exception;

  /**
   * Looks after so many rounds of calls whether they have done what they should.
   *
   * @throws IOException when they have not
   */
  default void check(Surroundings surroundings, int rounds) throws Exception {}
}
