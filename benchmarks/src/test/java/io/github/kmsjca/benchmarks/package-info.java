@NullMarked
package io.github.kmsjca.benchmarks;

import org.jspecify.annotations.NullMarked;
