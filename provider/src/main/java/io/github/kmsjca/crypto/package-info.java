/** The engines besides Signature. */
@NullMarked
package io.github.kmsjca.crypto;

import org.jspecify.annotations.NullMarked;
