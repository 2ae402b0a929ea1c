/** Handles to keys in KMS, and the public keys that belong to them. A handle knows its settings and its calls. */
@NullMarked
package io.github.kmsjca.internal.handle;

import org.jspecify.annotations.NullMarked;
