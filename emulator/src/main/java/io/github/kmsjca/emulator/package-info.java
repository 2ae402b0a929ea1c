/** An embedded AWS KMS for tests. It is no place for real keys. */
@NullMarked
package io.github.kmsjca.emulator;

import org.jspecify.annotations.NullMarked;
