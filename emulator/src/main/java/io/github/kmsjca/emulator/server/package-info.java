/** HTTP, authentication, faults and logging around the operations. */
@NullMarked
package io.github.kmsjca.emulator.server;

import org.jspecify.annotations.NullMarked;
