package io.github.kmsjca.conformance.signature;

import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;

/** A public key of an unknown provider. It has an algorithm name and an encoding, but no other properties. */
record PlainPublicKey(String algorithm, X509EncodedKeySpec spec) implements PublicKey {
    PlainPublicKey(String algorithm, byte[] encoded) {
        this(algorithm, new X509EncodedKeySpec(encoded));
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return spec.getFormat();
    }

    @Override
    public byte[] getEncoded() {
        return spec.getEncoded();
    }
}
