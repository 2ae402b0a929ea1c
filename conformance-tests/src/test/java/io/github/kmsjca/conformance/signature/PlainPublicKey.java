package io.github.kmsjca.conformance.signature;

import java.io.Serial;
import java.security.PublicKey;

/** A key of some other provider, which tells its encoding and nothing else. */
final class PlainPublicKey implements PublicKey {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final byte[] encoded;

    PlainPublicKey(String algorithm, byte[] encoded) {
        this.algorithm = algorithm;
        this.encoded = encoded.clone();
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "X.509";
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }
}
