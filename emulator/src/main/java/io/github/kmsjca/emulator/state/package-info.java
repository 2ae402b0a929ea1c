/** The state file, which keeps keys, aliases and tags from one run to the next. */
@NullMarked
package io.github.kmsjca.emulator.state;

import org.jspecify.annotations.NullMarked;
