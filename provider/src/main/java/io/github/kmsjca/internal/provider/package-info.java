/** The services of the provider: which engine belongs to which row of the tables. */
@NullMarked
package io.github.kmsjca.internal.provider;

import org.jspecify.annotations.NullMarked;
