@NullMarked
package io.github.kmsjca.emulator;

import org.jspecify.annotations.NullMarked;
