/** Settings of the provider: their names, their grammar, and where they come from. */
@NullMarked
package io.github.kmsjca.internal.config;

import org.jspecify.annotations.NullMarked;
