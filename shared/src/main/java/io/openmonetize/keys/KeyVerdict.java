package io.openmonetize.keys;

/** What is to be thought of a presented key. Each case may be answered differently. */
public sealed interface KeyVerdict {
  record Valid(ApiKey key) implements KeyVerdict {}

  /** Not of a key's form, or a wrong checksum: a typo. */
  record Malformed() implements KeyVerdict {}

  /** A well-formed key of the other stage. */
  record WrongEnvironment() implements KeyVerdict {}

  /** Well-formed, but never made here. */
  record Unknown() implements KeyVerdict {}

  record Revoked() implements KeyVerdict {}

  record Expired() implements KeyVerdict {}

  /** A good key that lacks the scope. */
  record ScopeMissing(Scope needed) implements KeyVerdict {}

  /** A good key that is bound to another customer. */
  record OtherCustomer() implements KeyVerdict {}

  /** The store could not be asked, and this process has not seen the key before. */
  record Unavailable() implements KeyVerdict {}
}
