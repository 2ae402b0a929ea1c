package io.github.kmsjca.cli.sign;

import java.net.URI;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the signing of jars needs: the key, the algorithms and the time-stamping authorities.
 *
 * @param key signs the jars
 * @param chain the certificates of the key, leaf first
 * @param provider the provider of the key
 * @param algorithm the signature algorithm, as {@link jdk.security.jarsigner.JarSigner} calls it
 * @param digest the algorithm of the digests in the manifest
 * @param signerName the name of the signature files in {@code META-INF}, without extension
 * @param timestampers the time-stamping authorities, in the order in which they are tried; empty for no timestamp
 */
public record SigningSetup(
        PrivateKey key,
        List<X509Certificate> chain,
        Provider provider,
        String algorithm,
        String digest,
        String signerName,
        List<URI> timestampers) {
    /** Copies the lists. */
    public SigningSetup {
        chain = List.copyOf(chain);
        timestampers = List.copyOf(timestampers);
    }

    X509Certificate certificate() {
        return chain.get(0);
    }
}
