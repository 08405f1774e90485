package io.openmonetize.local.parts;

import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What stands behind a stand-in's API.
 *
 * @param replies gives the answer to a request's body
 * @param ids gives what makes the ids of a response unique: hexadecimal digits, at least 24
 */
public record Model(
    Function<byte[], Reply> replies, Pace pace, Supplier<String> ids, Clock clock) {}
