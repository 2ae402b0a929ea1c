/** Text from outside, and warnings. The lowest package: it depends on no other package of this project. */
@NullMarked
package io.github.kmsjca.internal.text;

import org.jspecify.annotations.NullMarked;
