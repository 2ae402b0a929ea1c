/** The suites for Cipher, KeyAgreement, KEM and Mac, and for CMS and JWE messages. */
@NullMarked
package io.github.kmsjca.conformance.secret;

import org.jspecify.annotations.NullMarked;
