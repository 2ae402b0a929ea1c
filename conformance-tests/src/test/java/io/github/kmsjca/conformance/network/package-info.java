/** Tests KMS calls that get stuck, and what is left after a provider is closed. */
@NullMarked
package io.github.kmsjca.conformance.network;

import org.jspecify.annotations.NullMarked;
