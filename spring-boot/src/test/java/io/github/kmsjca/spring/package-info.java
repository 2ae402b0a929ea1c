/** Tests of the starter. */
@NullMarked
package io.github.kmsjca.spring;

import org.jspecify.annotations.NullMarked;
