/** Checks that our provider and other providers work together in one JVM. */
@NullMarked
package io.github.kmsjca.conformance.coexistence;

import org.jspecify.annotations.NullMarked;
