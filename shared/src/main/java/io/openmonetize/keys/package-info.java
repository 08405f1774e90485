/**
 * API keys: their form, who may use them for what, and the look-up that every call goes through.
 *
 * <p>A key is shown once and stored only as its SHA-256. Its checksum refuses a typo, or a key of
 * the other stage, without a look-up. A verdict is cached for {@link
 * KeyVerifier#MAX_REVOCATION_DELAY}, which is therefore how long a revoked key may still be
 * honoured.
 */
@NullMarked
package io.openmonetize.keys;

import org.jspecify.annotations.NullMarked;
