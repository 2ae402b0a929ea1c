/** Generators of key pairs, keys and random numbers. */
@NullMarked
package io.github.kmsjca.internal.generator;

import org.jspecify.annotations.NullMarked;
