/** One program for each common task, each in one file that uses only the JCA, the provider and well-known libraries. */
@NullMarked
package io.github.kmsjca.samples;

import org.jspecify.annotations.NullMarked;
