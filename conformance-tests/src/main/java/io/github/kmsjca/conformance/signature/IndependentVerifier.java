package io.github.kmsjca.conformance.signature;

import io.github.kmsjca.conformance.TargetKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Another provider that verifies the signatures of a row, with a public key that this other provider parsed. */
public record IndependentVerifier(SignatureRow row, Provider provider, PublicKey key) {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final List<Provider> OTHERS = Stream.concat(
                    Stream.of("SunRsaSign", "SunEC", "SUN").map(Security::getProvider), Stream.of(BOUNCY_CASTLE))
            .toList();

    /** A key spec. The JDK can parse keys of this spec, but cannot verify signatures by such keys. */
    private static final String JDK_CANNOT_VERIFY = "ECC_SECG_P256K1";

    /**
     * Returns all other providers that can verify signatures of a row. Those of the JDK come first, because some checks
     * use only the first verifier, and the emulator itself signs with Bouncy Castle.
     */
    public static List<IndependentVerifier> of(SignatureRow row, TargetKey key) {
        return OTHERS.stream()
                .filter(provider -> !key.spec().equals(JDK_CANNOT_VERIFY) || provider.equals(BOUNCY_CASTLE))
                .filter(provider -> provider.getService("Signature", row.algorithm()) != null)
                .flatMap(provider ->
                        parse(provider, key).stream().map(parsed -> new IndependentVerifier(row, provider, parsed)))
                .toList();
    }

    private static Optional<PublicKey> parse(Provider provider, TargetKey key) {
        try {
            return Optional.of(KeyFactory.getInstance(SignatureRow.keyAlgorithm(key.spec()), provider)
                    .generatePublic(key.publicKey()));
        } catch (NoSuchAlgorithmException | InvalidKeySpecException unknown) {
            return Optional.empty();
        }
    }

    /** Returns whether a signature is valid. The input is what the row's engines take: a message or its digest. */
    public boolean accepts(byte[] input, byte[] signature) throws GeneralSecurityException {
        Signature engine = row.engine(provider);
        engine.initVerify(key);
        engine.update(input);
        return engine.verify(signature);
    }

    @Override
    public String toString() {
        return provider.getName();
    }
}
