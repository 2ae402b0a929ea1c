/** Programs that show the provider at work. */
@NullMarked
package io.github.kmsjca.samples;

import org.jspecify.annotations.NullMarked;
