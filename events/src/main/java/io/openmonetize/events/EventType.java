package io.openmonetize.events;

/** What kind of use an event reports. The names are the wire's, as existing clients send them. */
public enum EventType {
  TOKEN_USAGE,
  API_CALL,
  FEATURE_ACCESS,
  IMAGE_GENERATION,
  VIDEO_GENERATION,
  AUDIO_PROCESSING,
  CUSTOM
}
