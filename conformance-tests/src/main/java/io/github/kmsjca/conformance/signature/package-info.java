/** Suites for every Signature that a provider publishes, and what they are made of. */
@NullMarked
package io.github.kmsjca.conformance.signature;

import org.jspecify.annotations.NullMarked;
