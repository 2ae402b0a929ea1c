@NullMarked
package io.github.kmsjca.emulator.state;

import org.jspecify.annotations.NullMarked;
