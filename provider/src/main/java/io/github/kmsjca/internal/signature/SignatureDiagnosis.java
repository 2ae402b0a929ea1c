package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.algorithm.Hashing;
import io.github.kmsjca.internal.algorithm.MessageType;
import java.security.InvalidKeyException;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the cause if a public key does not verify a signature, for the error text. The causes are mistakes of servers
 * that imitate KMS.
 */
final class SignatureDiagnosis {
    private static final String NOT_KMS = "This server does not sign as KMS does: use another algorithm or endpoint";

    private final SigningPlan plan;
    private final byte[] signature;

    private SignatureDiagnosis(SigningPlan plan, byte[] signature) {
        this.plan = plan;
        this.signature = signature;
    }

    /** Returns sentences about what the server did and what you can do; empty if the cause is not known. */
    static Optional<String> of(PreparedMessage message, byte[] signature) {
        byte[] content = BouncyCastleVerifier.content(message);
        SignatureDiagnosis diagnosis = new SignatureDiagnosis(message.plan(), signature);
        try {
            Optional<String> padding = diagnosis.otherPadding(content);
            return padding.isPresent() ? padding : diagnosis.hashedAgain(content);
        } catch (IllegalArgumentException | InvalidKeyException unfitKey) {
            return Optional.empty();
        }
    }

    /** Returns the text if an RSA signature is valid with another padding or another salt length; empty otherwise. */
    private Optional<String> otherPadding(byte[] digest) {
        return switch (plan.algorithm().scheme()) {
            case RSA_PKCS1 ->
                saltLength(digest).isPresent()
                        ? Optional.of("It is an RSASSA-PSS signature instead of RSASSA-PKCS1-v1_5. " + NOT_KMS)
                        : Optional.empty();
            case RSA_PSS ->
                isPkcs1(digest)
                        ? Optional.of("It is an RSASSA-PKCS1-v1_5 signature instead of RSASSA-PSS. " + NOT_KMS)
                        : otherSalt(digest);
            case ECDSA, ED25519, ML_DSA, SM2 -> Optional.empty();
        };
    }

    private Optional<String> otherSalt(byte[] digest) {
        OptionalInt length = saltLength(digest);
        return length.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Its salt has " + length.getAsInt() + " bytes instead of " + hash().length() + ". " + NOT_KMS);
    }

    /** Returns the length of the salt; empty if the signature is not a valid RSASSA-PSS signature. */
    private OptionalInt saltLength(byte[] digest) {
        RSAPublicKey key = (RSAPublicKey) plan.publicKey();
        OptionalInt length = PssSalt.length(hash(), key, signature);
        return length.isPresent()
                        && BouncyCastleVerifier.verify(
                                BouncyCastleVerifier.pss(hash(), length.getAsInt()), key, digest, signature)
                ? length
                : OptionalInt.empty();
    }

    private boolean isPkcs1(byte[] digest) {
        return BouncyCastleVerifier.verify(
                BouncyCastleVerifier.pkcs1(hash()), (RSAPublicKey) plan.publicKey(), digest, signature);
    }

    private Digest hash() {
        return plan.digest().orElseThrow();
    }

    /** Returns the text if the server signed the digest in the request as if it were the message; empty otherwise. */
    private Optional<String> hashedAgain(byte[] content) throws InvalidKeyException {
        if (plan.messageType() == MessageType.RAW) {
            return Optional.empty();
        }
        byte[] hashedTwice = hashAgain(content);
        return BouncyCastleVerifier.verify(plan, hashedTwice, signature)
                        || otherPadding(hashedTwice).isPresent()
                ? Optional.of("The server hashed the digest again, although the request says that it is a digest. "
                        + (canSendWholeMessage() ? "For messages of up to 4,096 bytes, set message=raw" : NOT_KMS))
                : Optional.empty();
    }

    /** Returns whether the setting {@code message=raw} works with this algorithm and key. */
    private boolean canSendWholeMessage() {
        return plan.algorithm().hashing() != Hashing.BY_CALLER && plan.digest().equals(plan.signedDigest());
    }

    /** Returns the bytes that a server signs if it treats the digest as the message. */
    private byte[] hashAgain(byte[] content) throws InvalidKeyException {
        return switch (plan.algorithm().scheme()) {
            case RSA_PKCS1, RSA_PSS, ECDSA ->
                HashedInput.messageDigest(plan.signedDigest().orElseThrow()).digest(content);
            case ML_DSA -> PrefixedInput.mu(plan).hash(content);
            case SM2 -> PrefixedInput.sm2(plan).hash(content);
            // does not occur, because an Ed25519 request contains the message and not a digest
            case ED25519 -> content;
        };
    }
}
