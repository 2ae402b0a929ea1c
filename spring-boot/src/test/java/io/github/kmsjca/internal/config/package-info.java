/** Tests that compare a file with the table of settings, which is visible only in this package. */
@NullMarked
package io.github.kmsjca.internal.config;

import org.jspecify.annotations.NullMarked;
