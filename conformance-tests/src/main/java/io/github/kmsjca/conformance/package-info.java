/** Conformance suites of the provider, and the service that they hold it to. */
@NullMarked
package io.github.kmsjca.conformance;

import org.jspecify.annotations.NullMarked;
