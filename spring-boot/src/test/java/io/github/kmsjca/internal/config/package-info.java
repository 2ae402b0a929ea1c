/** A test that compares a file with the table of settings, most of which is visible only in this package. */
@NullMarked
package io.github.kmsjca.internal.config;

import org.jspecify.annotations.NullMarked;
