package io.openmonetize.pricing;

import io.openmonetize.events.Provider;
import io.openmonetize.events.UsageLine;
import java.time.Instant;

/**
 * One model's part in a call, as far as its prices depend on it.
 *
 * @param called the name by which the answer or the request calls the model
 * @param aside whether the line is of another model than the one that answered, such as an adviser
 * @param inputTokens all of the line's, cached ones included: a long context reprices the whole
 */
record TokenCall(
    Provider provider,
    String called,
    boolean aside,
    ModelPrices model,
    PricePeriod period,
    Instant time,
    long inputTokens,
    UsageLine line) {}
