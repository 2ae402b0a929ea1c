/** Conformance suites of the provider. */
@NullMarked
package io.github.kmsjca.conformance;

import org.jspecify.annotations.NullMarked;
