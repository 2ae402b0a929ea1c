/** What the provider costs, always as a ratio within one run. */
@NullMarked
package io.github.kmsjca.benchmarks;

import org.jspecify.annotations.NullMarked;
