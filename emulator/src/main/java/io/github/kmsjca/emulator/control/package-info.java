/** What a test uses to control and observe the emulator: faults and the request log. */
@NullMarked
package io.github.kmsjca.emulator.control;

import org.jspecify.annotations.NullMarked;
