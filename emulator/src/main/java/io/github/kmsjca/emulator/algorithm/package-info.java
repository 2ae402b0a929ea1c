/**
 * The tables of key specs, key usages and algorithms, and the cryptography of each algorithm. The tables and schemes
 * are immutable.
 */
@NullMarked
package io.github.kmsjca.emulator.algorithm;

import org.jspecify.annotations.NullMarked;
