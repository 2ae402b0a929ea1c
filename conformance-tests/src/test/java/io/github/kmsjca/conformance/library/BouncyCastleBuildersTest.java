package io.github.kmsjca.conformance.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.TargetKey;
import io.github.kmsjca.conformance.signature.SignatureRow;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Security;
import java.security.Signature;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests Bouncy Castle's signer builders with our provider as object and by name. For PSS, a builder also takes the
 * message digests from our provider.
 */
class BouncyCastleBuildersTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @AutoClose
    private static final Target TARGET = Target.open();

    private static final TargetKey KEY = TARGET.key("RSA_2048").orElseThrow();

    @ParameterizedTest
    @CsvSource({"SHA256, SHA-256, 32", "SHA384, SHA-384, 48", "SHA512, SHA-512, 64"})
    void contentSigner_pssWithOurProvider_signsAndKeepsTheJdksDigests(String name, String hash, int salt)
            throws Exception {
        assertSigned(new JcaContentSignerBuilder(name + "withRSAandMGF1").setProvider(TARGET.provider()), hash, salt);
        assertSigned(
                new JcaContentSignerBuilder("RSASSA-PSS", SignatureRow.pss(hash, salt)).setProvider(TARGET.provider()),
                hash,
                salt);
        Security.insertProviderAt(TARGET.provider(), 1);
        try {
            assertSigned(
                    new JcaContentSignerBuilder(name + "withRSAandMGF1").setProvider(KmsProvider.NAME), hash, salt);
            // programs that name no provider still get the JDK's digests
            assertEquals("SUN", MessageDigest.getInstance(name).getProvider().getName());
        } finally {
            Security.removeProvider(KmsProvider.NAME);
        }
    }

    private static void assertSigned(JcaContentSignerBuilder builder, String hash, int salt) throws Exception {
        ContentSigner signer = builder.build(KEY.handle());
        try (OutputStream output = signer.getOutputStream()) {
            output.write(MESSAGE);
        }
        Signature verifier = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        verifier.initVerify(KeyFactory.getInstance("RSA").generatePublic(KEY.publicKey()));
        verifier.setParameter(SignatureRow.pss(hash, salt));
        verifier.update(MESSAGE);
        assertTrue(verifier.verify(signer.getSignature()));
    }
}
