/** Checks that no fault of the service or the network makes the provider return a wrong result. */
@NullMarked
package io.github.kmsjca.conformance.fault;

import org.jspecify.annotations.NullMarked;
