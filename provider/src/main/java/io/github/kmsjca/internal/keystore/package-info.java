/** The KeyStore: its entries, from a keystore file or discovered in the account. */
@NullMarked
package io.github.kmsjca.internal.keystore;

import org.jspecify.annotations.NullMarked;
