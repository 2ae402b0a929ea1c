/** Conformance suites for the provider, and the service that they test it against. */
@NullMarked
package io.github.kmsjca.conformance;

import org.jspecify.annotations.NullMarked;
