package io.github.kmsjca.internal.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.kmsjca.internal.algorithm.KeySpec;
import java.io.IOException;
import java.security.PublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

/** Tests public keys whose point is not valid. */
class CurveDomainTest {
    @Test
    void key_emptyPoint_isRefused() throws IOException {
        byte[] encoded = new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                        new byte[0])
                .getEncoded();
        PublicKey key = new EncodedPublicKey("EC", encoded);
        assertEquals(
                "the public key has no point",
                assertThrows(IllegalArgumentException.class, () -> CurveDomain.key(KeySpec.ECC_NIST_P256, key))
                        .getMessage());
    }
}
