/** The key store: its entries, the keystore file, and where certificates come from. */
@NullMarked
package io.github.kmsjca.internal.keystore;

import org.jspecify.annotations.NullMarked;
