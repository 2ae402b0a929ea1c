/** Finding the engine of another provider for a key that is not ours. */
@NullMarked
package io.github.kmsjca.internal.delegation;

import org.jspecify.annotations.NullMarked;
