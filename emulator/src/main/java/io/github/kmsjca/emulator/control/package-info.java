/** What a test steers and watches: faults and the log of requests. */
@NullMarked
package io.github.kmsjca.emulator.control;

import org.jspecify.annotations.NullMarked;
