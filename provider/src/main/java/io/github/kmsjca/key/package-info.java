/**
 * The types that programs use with {@link io.github.kmsjca.KmsProvider}: keys, parameters and exceptions.
 *
 * <pre>{@code
 * KeyStore keys = KeyStore.getInstance("AWSKMS");
 * keys.load(KmsLoadStoreParameter.ofDiscovery().with("region", "eu-west-1"));
 * KmsPrivateKey key = (KmsPrivateKey) keys.getKey("alias/release", null);
 * String arn = key.keyId();
 * PublicKey publicKey = key.publicKey();
 * }</pre>
 */
@NullMarked
package io.github.kmsjca.key;

import org.jspecify.annotations.NullMarked;
