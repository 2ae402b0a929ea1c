/** Measures the cost of the provider. Each figure compares it with a value from the same run, or with a budget. */
@NullMarked
package io.github.kmsjca.benchmarks;

import org.jspecify.annotations.NullMarked;
