/** The suites for Cipher, KeyAgreement, KEM and Mac, and for messages that use them. */
@NullMarked
package io.github.kmsjca.conformance.secret;

import org.jspecify.annotations.NullMarked;
