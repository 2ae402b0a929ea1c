/** The libraries that the program supplies, their versions, and which versions are too old. */
@NullMarked
package io.github.kmsjca.internal.library;

import org.jspecify.annotations.NullMarked;
