/** Measures the cost of the provider. Each figure is a ratio within one run. */
@NullMarked
package io.github.kmsjca.benchmarks;

import org.jspecify.annotations.NullMarked;
