/** The engines for Cipher, KEM, KeyAgreement and Mac. */
@NullMarked
package io.github.kmsjca.internal.crypto;

import org.jspecify.annotations.NullMarked;
