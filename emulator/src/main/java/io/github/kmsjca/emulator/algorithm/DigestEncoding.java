package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.CryptoProvider;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** How a scheme encodes the digest that it signs. */
enum DigestEncoding {
    /** RFC 8017 §8.2. The input of the engine is a DigestInfo, which the engine pads. */
    PKCS1("NONEwithRSA") {
        @Override
        byte[] engineInput(Digest algorithm, byte[] digest) {
            return algorithm.digestInfo(digest);
        }
    },

    /** RFC 8017 §8.1. As in KMS, MGF1 uses the same digest, and the salt is as long as the digest. */
    PSS("NONEwithRSASSA-PSS") {
        @Override
        Signature engine(Digest algorithm) throws GeneralSecurityException {
            Signature engine = super.engine(algorithm);
            engine.setParameter(new PSSParameterSpec(
                    algorithm.jcaName(),
                    "MGF1",
                    new MGF1ParameterSpec(algorithm.jcaName()),
                    algorithm.length(),
                    PSSParameterSpec.TRAILER_FIELD_BC));
            return engine;
        }
    },

    /** FIPS 186-5 §6.4 with a random number for each signature. The signature is in DER. */
    ECDSA("NONEwithECDSA");

    private final String jcaName;

    DigestEncoding(String jcaName) {
        this.jcaName = jcaName;
    }

    /** Returns the bytes that the engine signs for a digest. */
    byte[] engineInput(Digest algorithm, byte[] digest) {
        return digest;
    }

    /** Returns a new engine for digests of this algorithm. */
    Signature engine(Digest algorithm) throws GeneralSecurityException {
        return Signature.getInstance(jcaName, CryptoProvider.BOUNCY_CASTLE.provider());
    }
}
