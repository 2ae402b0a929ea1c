/** The suites of the services that secrets come from: Cipher, KeyAgreement, KEM and Mac, and messages that use them. */
@NullMarked
package io.github.kmsjca.conformance.secret;

import org.jspecify.annotations.NullMarked;
