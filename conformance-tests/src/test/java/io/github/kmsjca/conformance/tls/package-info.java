/** Tests TLS with KMS keys. */
@NullMarked
package io.github.kmsjca.conformance.tls;

import org.jspecify.annotations.NullMarked;
