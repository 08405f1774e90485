/**
 * Operators, the people who run this deployment: their passwords (Argon2id), their sessions, and
 * the throttle that keeps guessing slow without letting a stranger lock anyone out.
 */
@NullMarked
package io.openmonetize.query.operators;

import org.jspecify.annotations.NullMarked;
