@NullMarked
package io.github.kmsjca.emulator.control;

import org.jspecify.annotations.NullMarked;
