/** Text that comes from outside, and warnings: the lowest package. */
@NullMarked
package io.github.kmsjca.internal.text;

import org.jspecify.annotations.NullMarked;
