/** TLS with KMS keys on both sides. */
@NullMarked
package io.github.kmsjca.conformance.tls;

import org.jspecify.annotations.NullMarked;
