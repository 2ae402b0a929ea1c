/** Measures the cost of the provider. Each figure compares values that were measured in the same run. */
@NullMarked
package io.github.kmsjca.benchmarks;

import org.jspecify.annotations.NullMarked;
