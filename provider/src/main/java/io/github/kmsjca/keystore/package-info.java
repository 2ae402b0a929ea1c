/** The KeyStore: entries of a keystore file or of the account, and where certificates come from. */
@NullMarked
package io.github.kmsjca.keystore;

import org.jspecify.annotations.NullMarked;
