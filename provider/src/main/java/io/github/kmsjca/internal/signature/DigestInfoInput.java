package io.github.kmsjca.internal.signature;

import io.github.kmsjca.internal.algorithm.Digest;
import io.github.kmsjca.internal.handle.BoundedMessage;
import io.github.kmsjca.internal.handle.RefusedInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.jspecify.annotations.Nullable;

/**
 * A DigestInfo that the caller made, for {@code NONEwithRSA}. KMS makes its own DigestInfo (RFC 8017 §9.2), so only the
 * digest is sent. A DigestInfo that KMS would encode differently is refused.
 */
final class DigestInfoInput implements SignatureInput {
    /** The maximum input length in bytes. Every DigestInfo that KMS makes is shorter. */
    private static final int MAX_LENGTH = 128;

    private final SigningPlan plan;
    private final BoundedMessage encoded = new BoundedMessage(MAX_LENGTH);

    DigestInfoInput(SigningPlan plan) {
        this.plan = plan;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        encoded.append(bytes, offset, length);
    }

    @Override
    public void update(ByteBuffer bytes) {
        encoded.append(bytes);
    }

    @Override
    public PreparedMessage finish() throws SignatureException {
        boolean tooLong = encoded.length() > MAX_LENGTH;
        byte[] input = encoded.take();
        if (tooLong) {
            throw refusal("this input is too long", null);
        }
        // for an empty input, Bouncy Castle 1.84 throws NullPointerException
        if (input.length == 0) {
            throw refusal("this input is not a DigestInfo", null);
        }
        try {
            DigestInfo info = DigestInfo.getInstance(input);
            Digest digest = digest(info).orElseThrow(() -> refusal("this DigestInfo has another hash", null));
            int length = info.getDigest().length;
            if (length != digest.length()) {
                throw refusal(
                        "the digest in this DigestInfo has " + length + " bytes instead of " + digest.length(), null);
            }
            if (!Arrays.equals(input, kmsEncoding(info))) {
                throw refusal("KMS would encode this DigestInfo differently", null);
            }
            return new PreparedMessage(plan.withDigest(digest), info.getDigest());
        } catch (IllegalArgumentException | IllegalStateException | IOException e) {
            throw refusal("this input is not a DigestInfo", e);
        }
    }

    private static Optional<Digest> digest(DigestInfo info) {
        return Digest.forRsaAndEcdsa()
                .filter(digest ->
                        digest.oid().equals(info.getAlgorithmId().getAlgorithm().getId()))
                .findFirst();
    }

    /** Returns the DigestInfo with the same hash and digest as KMS encodes it. */
    private static byte[] kmsEncoding(DigestInfo info) throws IOException {
        AlgorithmIdentifier hash = new AlgorithmIdentifier(info.getAlgorithmId().getAlgorithm(), DERNull.INSTANCE);
        return new DigestInfo(hash, info.getDigest()).getEncoded(ASN1Encoding.DER);
    }

    private static RefusedInputException refusal(String reason, @Nullable Throwable cause) {
        return new RefusedInputException(
                "NONEwithRSA with a KMS key takes a DigestInfo of "
                        + Digest.forRsaAndEcdsa().map(Digest::jcaName).collect(Collectors.joining(", ")) + ", but "
                        + reason
                        + "; pass the DER encoding of such a DigestInfo, or pass the message to an algorithm such as"
                        + " SHA256withRSA",
                cause);
    }
}
