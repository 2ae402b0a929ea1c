package io.github.kmsjca.conformance.signature;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.Target;
import io.github.kmsjca.conformance.TargetKey;
import io.github.kmsjca.key.KmsPrivateKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.opentest4j.TestAbortedException;

/** A row of the target's provider, with a fitting key and the other providers that verify its signatures. */
public record Trial(Target target, SignatureRow row, TargetKey key, List<IndependentVerifier> verifiers) {
    /** The length of an ML-DSA-87 signature, the longest signature that KMS returns (FIPS 204 §4). */
    static final int LONGEST_SIGNATURE = 4627;

    /** One byte less than the shortest signature: a DER sequence of two numbers with one byte each. */
    static final int TOO_SHORT_FOR_ANY_SIGNATURE = 7;

    /** A length that KMS does not accept for a signature. The limit is 6144 bytes (KMS API Verify). */
    static final int TOO_LONG_FOR_ANY_SIGNATURE = 7000;

    /** A message for tests that work with any message. */
    static final byte[] MESSAGE = "release 1.0".getBytes(StandardCharsets.UTF_8);

    /** For each row, at least one of these key specs has another key algorithm than the row. */
    private static final List<String> SPECS_OF_WRONG_KEYS = List.of("ECC_NIST_P256", "RSA_2048");

    private static final byte[] OTHER = "another message".getBytes(StandardCharsets.UTF_8);

    /**
     * Returns every row of a target's provider whose key the target has. In a usual run, an algorithm is tested only
     * with key specs that stand for all others ({@link SignatureRow#isRepresentative}), if it has such a key spec.
     */
    public static Stream<Trial> forThisRun(Target target) {
        Set<String> represented = SignatureRow.of(target.provider())
                .filter(SignatureRow::isRepresentative)
                .map(SignatureRow::algorithm)
                .collect(Collectors.toSet());
        Predicate<SignatureRow> isUsual = row -> row.isRepresentative() || !represented.contains(row.algorithm());
        return matching(target, SuiteExtent.isWhole() ? row -> true : isUsual);
    }

    /** Returns the rows with these names ({@link SignatureRow#toString}) whose key the target has. */
    public static Stream<Trial> named(Target target, Set<String> names) {
        return matching(target, row -> names.contains(row.toString()));
    }

    /** Returns the matching rows whose key the target has. Creates no keys for other rows, because that takes long. */
    static Stream<Trial> matching(Target target, Predicate<SignatureRow> filter) {
        return SignatureRow.of(target.provider())
                .filter(filter)
                .flatMap(row -> target.key(row.spec()).stream().map(key -> of(target, row, key)));
    }

    static Trial of(Target target, SignatureRow row, TargetKey key) {
        return new Trial(target, row, key, IndependentVerifier.of(row, key));
    }

    /** Returns an engine with parameters and without a key. */
    public Signature engine() throws GeneralSecurityException {
        return row.engine(target.provider());
    }

    /** Returns an engine that is ready to sign. */
    public Signature signer() throws GeneralSecurityException {
        Signature engine = engine();
        engine.initSign(key.handle());
        return engine;
    }

    /** Returns an engine that is ready to verify. */
    Signature verifier(PublicKey publicKey) throws GeneralSecurityException {
        Signature engine = engine();
        engine.initVerify(publicKey);
        return engine;
    }

    /** Returns the signature of an input. */
    byte[] sign(byte[] input) throws GeneralSecurityException {
        Signature engine = signer();
        engine.update(input);
        return engine.sign();
    }

    /** Returns whether another provider accepts the signature of an input. */
    public boolean accepts(byte[] input, byte[] signature) throws GeneralSecurityException {
        return verifiers.get(0).accepts(input, signature);
    }

    /** Returns the public key of the provider's handle. */
    PublicKey publicKey() {
        return ((KmsPrivateKey) key.handle()).publicKey();
    }

    /** Returns the public key as an object of Bouncy Castle. */
    PublicKey bouncyCastleKey() throws GeneralSecurityException {
        return KeyFactory.getInstance(SignatureRow.keyAlgorithm(row.spec()), new BouncyCastleProvider())
                .generatePublic(key.publicKey());
    }

    /** Returns a key of the provider that does not fit the row. */
    PrivateKey wrongKey() {
        String algorithm = SignatureRow.keyAlgorithm(row.spec());
        List<String> specs = SPECS_OF_WRONG_KEYS.stream()
                .filter(spec -> !SignatureRow.keyAlgorithm(spec).equals(algorithm))
                .toList();
        return specs.stream()
                .flatMap(spec -> target.key(spec).stream())
                .map(TargetKey::handle)
                .findFirst()
                .orElseThrow(() -> new TestAbortedException(
                        "NOT TESTED: " + row + " with a wrong key: the target lacks a key of " + specs));
    }

    /** Returns {@link #MESSAGE} as the engine takes it: the message, or its digest. */
    public byte[] message() {
        return row.input(MESSAGE);
    }

    /** Returns another message as the engine takes it: the message, or its digest. */
    byte[] otherMessage() {
        return row.input(OTHER);
    }

    /** Makes the next Sign request fail. Skips the test if the target is not the emulator in this JVM. */
    void failNextSign() {
        if (!target.failNextSign()) {
            throw new TestAbortedException("NOT TESTED: only the emulator in this JVM has faults");
        }
    }

    /**
     * Asserts that a verifier accepts the signature for the message, refuses it for another message, and then accepts
     * it for the message again.
     */
    void assertDistinguishes(Signature verifier, byte[] signature) throws GeneralSecurityException {
        verifier.update(message());
        assertTrue(verifier.verify(signature));
        verifier.update(otherMessage());
        assertFalse(verifier.verify(signature));
        verifier.update(message());
        assertTrue(verifier.verify(signature));
    }

    @Override
    public String toString() {
        return row.toString();
    }
}
