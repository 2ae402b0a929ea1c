@NullMarked
package io.github.kmsjca.conformance.coexistence;

import org.jspecify.annotations.NullMarked;
