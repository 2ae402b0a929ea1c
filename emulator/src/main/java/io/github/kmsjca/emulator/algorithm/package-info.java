/** The tables of key specs, key usages and algorithms, and how each algorithm computes. None of the types has state. */
@NullMarked
package io.github.kmsjca.emulator.algorithm;

import org.jspecify.annotations.NullMarked;
