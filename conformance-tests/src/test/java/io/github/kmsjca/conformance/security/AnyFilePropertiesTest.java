package io.github.kmsjca.conformance.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.TestCa;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Checks that no content of a keystore file makes the provider send requests to another server than the operator's KMS,
 * or changes the results of operations with keys of other providers.
 */
class AnyFilePropertiesTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final String OAEP = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding";
    private static final RsaAuthority VICTIM = RsaAuthority.create();
    private static final KeyPair IMPOSTOR = RsaAuthority.rsaKeys();

    /** The operator's KMS. It has the attacker's key, because a file can name any key. */
    private static final HostileKms OPERATOR_KMS = HostileKms.start().key(IMPOSTOR.getPublic(), "RSA_2048");

    private static final HostileKms ATTACKER_KMS = HostileKms.start();
    private static final Logger LOGGER = Logger.getLogger("io.github.kmsjca");

    private static final String ENDPOINT_PROPERTY = "aws.endpointUrlKms";
    private static final String ATTACKER_KEY = HostileKms.ARN;

    private static final List<String> CERTIFICATES = Stream.of(
                    VICTIM.certificate(),
                    VICTIM.issue(IMPOSTOR.getPublic()),
                    RsaAuthority.forge(VICTIM.keys().getPublic(), IMPOSTOR.getPrivate()),
                    TestCa.named("EC").certificate())
            .map(TestCa::pem)
            .toList();

    private static byte[] genuineSignature = {};
    private static byte[] forgedSignature = {};

    @BeforeContainer
    static void sign() throws GeneralSecurityException {
        genuineSignature = signature(VICTIM.keys());
        forgedSignature = signature(IMPOSTOR);
        LOGGER.setLevel(Level.OFF);
        // the setting endpoint in a file, if the provider allowed it, would override this property of the AWS SDK
        System.setProperty(ENDPOINT_PROPERTY, OPERATOR_KMS.endpoint().toString());
    }

    @AfterContainer
    static void close() {
        LOGGER.setLevel(null);
        System.clearProperty(ENDPOINT_PROPERTY);
        OPERATOR_KMS.close();
        ATTACKER_KMS.close();
    }

    private static byte[] signature(KeyPair signer) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(RsaAuthority.ALGORITHM, "SunRsaSign");
        engine.initSign(signer.getPrivate());
        engine.update(MESSAGE);
        return engine.sign();
    }

    @Property(tries = 200)
    void operations_keysOfOthers_haveTheSameResultsAsWithoutTheFile(
            @ForAll("files") String file, @ForAll("operatorSettings") String operatorSettings)
            throws GeneralSecurityException {
        try (Installed installed =
                Installed.at(Installed.Position.FIRST, "region=us-east-1;attempts=1" + operatorSettings)) {
            use(installed.provider(), file);
            // the following operations must cause no more requests
            int requests = OPERATOR_KMS.requests().size();
            for (Provider named : List.of(installed.provider(), new KmsProvider())) {
                assertTrue(verify(named, genuineSignature));
                assertFalse(verify(named, forgedSignature));
                assertArrayEquals(MESSAGE, roundTrip(Cipher.getInstance(OAEP, named)));
            }
            assertFalse(verify(null, forgedSignature));
            assertArrayEquals(MESSAGE, roundTrip(Cipher.getInstance(OAEP)));
            assertEquals(requests, OPERATOR_KMS.requests().size());
        }
        assertEquals(List.of(), ATTACKER_KMS.requests());
        assertTrue(OPERATOR_KMS.requests().stream()
                .allMatch(request -> request.header("Authorization")
                        .orElse("")
                        .contains("Credential=" + System.getProperty("aws.accessKeyId") + "/")));
    }

    /** Calls the KeyStore methods that tools call before they sign. The calls may fail. */
    private static void use(Provider provider, String file) {
        try {
            KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
            store.load(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), null);
            for (String alias : Collections.list(store.aliases())) {
                use(store, alias);
            }
        } catch (IOException | GeneralSecurityException | ProviderException refused) {
            // a refused file is also safe
        }
    }

    private static void use(KeyStore store, String alias) throws GeneralSecurityException {
        try {
            store.getCertificateChain(alias);
            store.getKey(alias, null);
            store.getEntry(alias, null);
        } catch (ProviderException refused) {
            // continue with the next entry
        }
    }

    /** Verifies with the named provider. Null lets the JCA choose the provider. */
    private static boolean verify(@Nullable Provider named, byte[] signature) throws GeneralSecurityException {
        Signature engine = named == null
                ? Signature.getInstance(RsaAuthority.ALGORITHM)
                : Signature.getInstance(RsaAuthority.ALGORITHM, named);
        engine.initVerify(VICTIM.certificate().getPublicKey());
        engine.update(MESSAGE);
        return engine.verify(signature);
    }

    /** Encrypts a message with a cipher, and returns what the JDK decrypts. */
    private static byte[] roundTrip(Cipher cipher) throws GeneralSecurityException {
        PublicKey key = VICTIM.certificate().getPublicKey();
        cipher.init(Cipher.ENCRYPT_MODE, key);
        Cipher decrypting = Cipher.getInstance(OAEP, "SunJCE");
        decrypting.init(Cipher.DECRYPT_MODE, VICTIM.keys().getPrivate());
        return decrypting.doFinal(cipher.doFinal(MESSAGE));
    }

    @Provide
    Arbitrary<String> operatorSettings() {
        return Arbitraries.of("", ";verify=kms", ";encrypt=kms", ";verify=kms;encrypt=kms;certificate-tags=read");
    }

    @Provide
    Arbitrary<String> files() {
        return Combinators.combine(settings(), entry().list().ofMaxSize(3), trailingText())
                .as((settings, entries, trailingText) -> {
                    StringBuilder text = new StringBuilder("# AWSKMS keystore 1\n").append(settings);
                    for (int i = 0; i < entries.size(); i++) {
                        text.append(entries.get(i).replace("@", "entry" + i));
                    }
                    return text.append(trailingText).toString();
                });
    }

    private static Arbitrary<String> settings() {
        Arbitrary<String> allowed = Arbitraries.of(
                "region: eu-west-1\n",
                "certificate-tags: read\n",
                "certificates: .\n",
                "message: raw\n",
                "ecdsa: strict\n",
                "attempts: 1\n",
                "verify-after-sign: always\n");
        Arbitrary<String> refused = Arbitraries.of(
                "endpoint: " + ATTACKER_KMS.endpoint() + "\n",
                "verify: kms\n",
                "encrypt: kms\n",
                "profile: production\n",
                "services: signatures\n",
                "key.release: alias/attackers\n",
                "verify-after-sign: never\n",
                "grant-tokens: a\n");
        return Arbitraries.frequencyOf(Tuple.of(4, allowed), Tuple.of(1, refused))
                .list()
                .uniqueElements()
                .ofMaxSize(4)
                .map(lines -> String.join("", lines));
    }

    private static Arbitrary<String> entry() {
        Arbitrary<String> key = Arbitraries.of("key: " + ATTACKER_KEY + "\n", "key: alias/attackers\n", "");
        Arbitrary<String> chain = Arbitraries.of(CERTIFICATES)
                .list()
                .ofMaxSize(3)
                .map(all -> all.stream().collect(Collectors.joining()));
        return Combinators.combine(key, chain).as((line, pem) -> "\nalias: @\n" + line + pem);
    }

    private static Arbitrary<String> trailingText() {
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(40);
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of("", "# a comment\n")),
                Tuple.of(1, any),
                Tuple.of(1, Arbitraries.of(CERTIFICATES)));
    }
}
