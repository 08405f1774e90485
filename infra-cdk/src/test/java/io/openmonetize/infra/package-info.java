/** The templates as they would be deployed; read, not deployed, and without any account. */
@NullMarked
package io.openmonetize.infra;

import org.jspecify.annotations.NullMarked;
