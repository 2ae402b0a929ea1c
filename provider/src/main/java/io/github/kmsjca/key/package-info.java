/** Handles to KMS keys, the public keys that belong to them, and what all keys of one configuration share. */
@NullMarked
package io.github.kmsjca.key;

import org.jspecify.annotations.NullMarked;
