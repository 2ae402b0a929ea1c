/** Key material: how each kind of key is generated, encoded, read and restored. */
@NullMarked
package io.github.kmsjca.emulator.material;

import org.jspecify.annotations.NullMarked;
