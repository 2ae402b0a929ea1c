/** The suite for all Signature services of a provider, and its parts. */
@NullMarked
package io.github.kmsjca.conformance.signature;

import org.jspecify.annotations.NullMarked;
