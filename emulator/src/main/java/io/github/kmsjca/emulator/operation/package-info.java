/** The KMS operations, and the table of their members. */
@NullMarked
package io.github.kmsjca.emulator.operation;

import org.jspecify.annotations.NullMarked;
