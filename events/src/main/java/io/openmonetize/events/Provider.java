package io.openmonetize.events;

/** Who answered the call. The names are the wire's, as existing clients send them. */
public enum Provider {
  OPENAI,
  ANTHROPIC,
  GOOGLE,
  COHERE,
  MISTRAL,
  STABILITY_AI,
  RUNWAY,
  REPLICATE,
  AMAZON,
  BLACK_FOREST_LABS
}
