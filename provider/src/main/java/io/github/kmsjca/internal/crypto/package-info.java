/** The engines besides Signature. */
@NullMarked
package io.github.kmsjca.internal.crypto;

import org.jspecify.annotations.NullMarked;
