package io.openmonetize.bench.micro;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What one operation of a benchmark is, in a word. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Unit {
  /**
   * A stream that a benchmark runs at two lengths, so that what a chunk takes can be told apart.
   */
  String STREAM = "stream";

  String value();
}
