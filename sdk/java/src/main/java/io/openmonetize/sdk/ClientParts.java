package io.openmonetize.sdk;

import io.openmonetize.sdk.delivery.Pacer;
import io.openmonetize.sdk.transport.HttpTransport;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a client works with, none of which tests need take as it is.
 *
 * @param transport null for the JDK's
 */
record ClientParts(
    OpenMonetizeLogger logger,
    @Nullable HttpTransport transport,
    Pacer pacer,
    Clock clock,
    RandomGenerator random) {}
