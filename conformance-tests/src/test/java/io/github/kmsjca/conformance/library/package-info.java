/** Tests of libraries that sign with our keys, and know nothing about this provider. */
@NullMarked
package io.github.kmsjca.conformance.library;

import org.jspecify.annotations.NullMarked;
