package io.github.kmsjca.emulator.key;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** How a digest is brought into a signature. */
enum DigestEncoding {
    /** RFC 8017 §8.2: the engine pads a DigestInfo. */
    PKCS1 {
        @Override
        byte[] engineInput(Digest digest, byte[] bytes) {
            return digest.info(bytes);
        }

        @Override
        Signature engine(Digest digest, KeySpec spec) throws GeneralSecurityException {
            return Signature.getInstance("NONEwithRSA", CryptoProvider.JDK_JCE.provider());
        }
    },

    /** RFC 8017 §8.1 with MGF1 of the same digest and a salt of its length, as KMS signs. */
    PSS {
        @Override
        Signature engine(Digest digest, KeySpec spec) throws GeneralSecurityException {
            // the JDK's RSASSA-PSS cannot take a digest that was computed elsewhere
            Signature engine = Signature.getInstance("NONEwithRSASSA-PSS", CryptoProvider.BOUNCY_CASTLE.provider());
            engine.setParameter(new PSSParameterSpec(
                    digest.jcaName(),
                    "MGF1",
                    new MGF1ParameterSpec(digest.jcaName()),
                    digest.length(),
                    PSSParameterSpec.TRAILER_FIELD_BC));
            return engine;
        }
    },

    /** FIPS 186-5 §6.4 with a random number for each signature; the result is DER. */
    ECDSA {
        @Override
        Signature engine(Digest digest, KeySpec spec) throws GeneralSecurityException {
            return Signature.getInstance("NONEwithECDSA", spec.kind().source().provider());
        }
    };

    byte[] engineInput(Digest digest, byte[] bytes) {
        return bytes;
    }

    abstract Signature engine(Digest digest, KeySpec spec) throws GeneralSecurityException;
}
