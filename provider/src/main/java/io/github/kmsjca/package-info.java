/**
 * The JCA provider for AWS KMS. Start here: register the provider, load a KeyStore, and use its keys with the standard
 * JCA classes.
 *
 * <pre>{@code
 * KmsProvider.install();
 * KeyStore keys = KeyStore.getInstance("AWSKMS");
 * keys.load(null, null);
 * PrivateKey key = (PrivateKey) keys.getKey("alias/release", null);
 * Signature signer = Signature.getInstance("SHA256withECDSA");
 * signer.initSign(key);
 * signer.update(message);
 * byte[] signature = signer.sign();
 * }</pre>
 *
 * <p>The types of keys, parameters and exceptions are in {@link io.github.kmsjca.key}.
 */
@NullMarked
package io.github.kmsjca;

import org.jspecify.annotations.NullMarked;
