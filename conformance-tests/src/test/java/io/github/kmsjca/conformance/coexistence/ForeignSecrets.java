package io.github.kmsjca.conformance.coexistence;

import static java.util.Objects.requireNonNull;

import io.github.kmsjca.KmsProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Security;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * Operations of Mac, KeyAgreement, Cipher and KEM with keys of other providers, without a provider name. All Mac
 * operations, and those of KeyAgreement and Cipher with RSA and EC keys, also run with a call of {@code getProvider()}
 * before {@code init}, because this call selects the first provider permanently. If the first is our provider, the
 * result must be the same as without our provider.
 */
final class ForeignSecrets {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
    private static final SecretKeySpec SECRET = new SecretKeySpec(new byte[32], "Generic");

    /** OAEP with the JDK's default hashes, with SHA-1 and with SHA-256, and the padding of PKCS #1 v1.5. */
    private static final List<String> TRANSFORMATIONS = List.of(
            "RSA/ECB/OAEPPadding",
            "RSA/ECB/OAEPWithSHA-1AndMGF1Padding",
            "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
            "RSA/ECB/PKCS1Padding");

    /** OAEP parameters with two hashes, which KMS does not support. */
    private static final OAEPParameterSpec MIXED_HASHES =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);

    private final SoftwareKeys keys;
    private final List<String> macs;
    private final List<String> agreements;
    private final List<KeyPair> kemKeys;

    ForeignSecrets(SoftwareKeys keys, List<String> macs, List<String> agreements) {
        this.keys = keys;
        this.macs = macs;
        this.agreements = agreements;
        this.kemKeys = SoftwareKeys.mlKemPairs();
    }

    /** Runs an operation. Returns a text with everything that our provider must not change. */
    @FunctionalInterface
    private interface Operation {
        String result() throws GeneralSecurityException;
    }

    /**
     * Runs all operations, and returns a line for each: first without calling {@code getProvider()} before
     * {@code init}, then with this call, and KEM at the end.
     */
    List<String> results() {
        List<String> results = new ArrayList<>();
        for (boolean afterGetProvider : new boolean[] {false, true}) {
            macs.forEach(name -> add(results, "Mac " + name, () -> mac(name, afterGetProvider)));
            keys.pairs().forEach((kind, pair) -> {
                // after getProvider(), the JCA tries only the first provider, which may refuse keys of other kinds
                if (!afterGetProvider || kind.equals("RSA") || kind.equals("EC")) {
                    agreements.forEach(name -> add(
                            results,
                            "KeyAgreement " + name + " by " + kind,
                            () -> agreement(name, pair, afterGetProvider)));
                    TRANSFORMATIONS.forEach(name ->
                            add(results, "Cipher " + name + " by " + kind, () -> cipher(name, pair, afterGetProvider)));
                }
            });
        }
        // if no other provider has ML-KEM, these calls throw another exception with our provider than without it
        if (othersEncapsulate()) {
            kemKeys.forEach(pair -> add(results, "KEM by " + pair.getPublic().getClass(), () -> kem(pair)));
        }
        return results;
    }

    private static void add(List<String> results, String what, Operation operation) {
        try {
            results.add(what + ": " + operation.result());
        } catch (GeneralSecurityException | RuntimeException e) {
            // engines throw different exceptions for keys of other kinds
            results.add(what + ": " + e.getClass().getName());
        }
    }

    private static String mac(String name, boolean afterGetProvider) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(name);
        if (afterGetProvider) {
            // selects the first provider permanently, and the tag must be the same with any provider
            requireNonNull(mac.getProvider());
        }
        mac.init(SECRET);
        String tag = HexFormat.of().formatHex(mac.doFinal(MESSAGE));
        return afterGetProvider ? tag : mac.getProvider().getName() + " " + tag;
    }

    private static String agreement(String name, KeyPair pair, boolean afterGetProvider)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(name);
        byte[] expected = secret(agreement, pair);
        if (!afterGetProvider) {
            return agreement.getProvider().getName() + " " + expected.length;
        }
        KeyAgreement fixed = KeyAgreement.getInstance(name);
        requireNonNull(fixed.getProvider());
        return "same secret: " + Arrays.equals(expected, secret(fixed, pair));
    }

    private static byte[] secret(KeyAgreement agreement, KeyPair pair) throws GeneralSecurityException {
        agreement.init(pair.getPrivate());
        agreement.doPhase(pair.getPublic(), true);
        return agreement.generateSecret();
    }

    private static String cipher(String name, KeyPair pair, boolean afterGetProvider) throws GeneralSecurityException {
        Cipher encrypting = Cipher.getInstance(name);
        Cipher decrypting = Cipher.getInstance(name);
        if (afterGetProvider) {
            requireNonNull(encrypting.getProvider());
            requireNonNull(decrypting.getProvider());
            // SunJCE does the opposite operation: two engines of one provider would agree on wrong default parameters
            return decryptedMessages(encrypting, Cipher.getInstance(name, "SunJCE"), pair) + " "
                    + decryptedMessages(Cipher.getInstance(name, "SunJCE"), decrypting, pair);
        }
        String messages = decryptedMessages(encrypting, decrypting, pair);
        return encrypting.getProvider().getName() + ", "
                + decrypting.getProvider().getName() + " " + messages;
    }

    /**
     * Returns the decrypted message, first with default parameters and then, if the transformation allows it, with
     * {@link #MIXED_HASHES}.
     */
    private static String decryptedMessages(Cipher encrypting, Cipher decrypting, KeyPair pair)
            throws GeneralSecurityException {
        encrypting.init(Cipher.ENCRYPT_MODE, pair.getPublic());
        decrypting.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        String messages = result(encrypting, decrypting);
        if (encrypting.getAlgorithm().contains("SHA-256")
                || encrypting.getAlgorithm().endsWith("OAEPPadding")) {
            encrypting.init(Cipher.ENCRYPT_MODE, pair.getPublic(), MIXED_HASHES);
            decrypting.init(Cipher.DECRYPT_MODE, pair.getPrivate(), MIXED_HASHES);
            messages += " " + result(encrypting, decrypting);
        }
        return messages;
    }

    private static String result(Cipher encrypting, Cipher decrypting) throws GeneralSecurityException {
        try {
            return HexFormat.of().formatHex(decrypting.doFinal(encrypting.doFinal(MESSAGE)));
        } catch (BadPaddingException differentDefaults) {
            return differentDefaults.getClass().getName();
        }
    }

    private static boolean othersEncapsulate() {
        return Arrays.stream(Security.getProviders())
                .anyMatch(provider ->
                        !provider.getName().equals(KmsProvider.NAME) && provider.getService("KEM", "ML-KEM") != null);
    }

    private static String kem(KeyPair pair) throws GeneralSecurityException {
        KEM kem = KEM.getInstance("ML-KEM");
        KEM.Encapsulator encapsulator = kem.newEncapsulator(pair.getPublic());
        KEM.Decapsulator decapsulator = kem.newDecapsulator(pair.getPrivate());
        KEM.Encapsulated encapsulated = encapsulator.encapsulate();
        return encapsulator.providerName() + ", " + decapsulator.providerName() + " "
                + encapsulated.key().equals(decapsulator.decapsulate(encapsulated.encapsulation()));
    }
}
