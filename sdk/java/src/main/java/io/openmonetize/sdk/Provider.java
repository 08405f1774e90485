package io.openmonetize.sdk;

/** The providers, by their names on the wire. */
public enum Provider {
  /** Anthropic. */
  ANTHROPIC,
  /** OpenAI. */
  OPENAI,
  /** Google: Gemini. */
  GOOGLE,
  /** Cohere. */
  COHERE,
  /** Mistral AI. */
  MISTRAL,
  /** Stability AI. */
  STABILITY_AI,
  /** Runway. */
  RUNWAY,
  /** Replicate. */
  REPLICATE,
  /** Amazon. */
  AMAZON,
  /** Black Forest Labs. */
  BLACK_FOREST_LABS
}
