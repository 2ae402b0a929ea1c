/** The key store: its entries, the keystore file, and where certificates come from. */
@NullMarked
package io.github.kmsjca.keystore;

import org.jspecify.annotations.NullMarked;
