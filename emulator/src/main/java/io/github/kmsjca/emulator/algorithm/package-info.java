/**
 * The tables of key specs, key usages and algorithms, and the cryptography of each algorithm. No type has mutable
 * state.
 */
@NullMarked
package io.github.kmsjca.emulator.algorithm;

import org.jspecify.annotations.NullMarked;
