/** The operations of the service and the table that names their members. */
@NullMarked
package io.github.kmsjca.emulator.operation;

import org.jspecify.annotations.NullMarked;
