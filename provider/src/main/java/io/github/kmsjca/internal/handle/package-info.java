/** Handles to KMS keys, and their public keys. A handle knows its settings and the KMS calls. */
@NullMarked
package io.github.kmsjca.internal.handle;

import org.jspecify.annotations.NullMarked;
