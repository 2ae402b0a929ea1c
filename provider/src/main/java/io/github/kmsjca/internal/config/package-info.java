/** The settings of the provider: their names, their syntax and their sources. */
@NullMarked
package io.github.kmsjca.internal.config;

import org.jspecify.annotations.NullMarked;
