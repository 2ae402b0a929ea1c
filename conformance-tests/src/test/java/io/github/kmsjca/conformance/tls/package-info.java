/** TLS with keys in KMS on either side. */
@NullMarked
package io.github.kmsjca.conformance.tls;

import org.jspecify.annotations.NullMarked;
