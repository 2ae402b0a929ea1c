/** The KMS operations, and the tables of operations and their members. */
@NullMarked
package io.github.kmsjca.emulator.operation;

import org.jspecify.annotations.NullMarked;
