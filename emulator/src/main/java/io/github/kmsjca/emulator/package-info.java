/** An AWS KMS emulator for tests. Do not put production keys in it. */
@NullMarked
package io.github.kmsjca.emulator;

import org.jspecify.annotations.NullMarked;
