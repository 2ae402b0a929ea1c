/** The state file, which keeps keys, aliases and tags between runs. */
@NullMarked
package io.github.kmsjca.emulator.state;

import org.jspecify.annotations.NullMarked;
