@NullMarked
package io.github.kmsjca.samples;

import org.jspecify.annotations.NullMarked;
