package io.openmonetize.pricing;

import io.openmonetize.events.TokenClass;

/**
 * The classes that are billed as another unless the model lists a price of their own: thinking as
 * output by all three providers, images and video in the input as text. Sound never is, and what a
 * model makes other than text is not: where a model's only output is images or sound, the overlay
 * says so for that model.
 */
final class StandIns {
  private StandIns() {}

  static TokenClass of(TokenClass tokenClass) {
    return switch (tokenClass) {
      case REASONING -> TokenClass.OUTPUT;
      case INPUT_IMAGE, INPUT_VIDEO -> TokenClass.INPUT;
      case CACHE_READ_IMAGE, CACHE_READ_VIDEO -> TokenClass.CACHE_READ;
      case INPUT,
          INPUT_AUDIO,
          CACHE_READ,
          CACHE_READ_AUDIO,
          CACHE_WRITE,
          CACHE_WRITE_1H,
          CACHE_WRITE_12H,
          OUTPUT,
          OUTPUT_AUDIO,
          OUTPUT_IMAGE,
          OUTPUT_VIDEO ->
          tokenClass;
    };
  }
}
