/** The services of the provider, with the engine for each table row. */
@NullMarked
package io.github.kmsjca.internal.provider;

import org.jspecify.annotations.NullMarked;
