package io.github.kmsjca.internal.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.internal.algorithm.Hashing;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.MessageType;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureEncoding;
import io.github.kmsjca.internal.handle.BoundedMessage;
import io.github.kmsjca.internal.handle.PublicKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.crypto.digests.SHAKEDigest;

/**
 * Tests how a message becomes the bytes that KMS signs. Bouncy Castle's signature of the message must verify with these
 * bytes.
 */
class SignatureInputTest {
    /** An algorithm and a key spec that fits it. */
    record Row(SignatureAlgorithm algorithm, KeySpec spec) {
        SigningPlan plan() {
            return SigningPlan.local(algorithm, spec, SoftwareKeys.of(spec).getPublic());
        }
    }

    @Provide
    Arbitrary<Row> rows() {
        List<Row> rows = Arrays.stream(SignatureAlgorithm.values())
                .filter(row -> row.hashing() == Hashing.BY_NAME || row.hashing() == Hashing.BY_SCHEME)
                .filter(row -> row.encoding() == SignatureEncoding.KMS)
                .flatMap(row -> row.keySpecs().stream()
                        // SoftwareKeys makes only RSA keys of 2048 bits
                        .filter(spec -> spec != KeySpec.RSA_3072 && spec != KeySpec.RSA_4096)
                        .map(spec -> new Row(row, spec)))
                .toList();
        return Arbitraries.of(rows);
    }

    @Property(tries = 200)
    void finish_messageInAnyPieces_verifiesWithTheSignatureOfAnotherProvider(
            @ForAll("rows") Row row, @ForAll @IntRange(min = 1, max = 4096) int length, @ForAll long seed)
            throws GeneralSecurityException {
        byte[] message = new byte[length];
        new Random(seed).nextBytes(message);
        byte[] signature = SoftwareKeys.sign(row.algorithm(), row.spec(), message);
        SignatureInput input = SignatureInput.of(row.plan());

        feed(input, message, new Random(seed));
        PreparedMessage prepared = input.finish();
        assertTrue(BouncyCastleVerifier.verify(prepared, signature));
        assertEquals(row.algorithm().scheme().messageType(), prepared.plan().messageType());

        message[length / 2] ^= 1;
        feed(input, message, new Random(seed));
        assertFalse(BouncyCastleVerifier.verify(input.finish(), signature));

        message[length / 2] ^= 1;
        input.update(message, 0, length);
        assertArrayEquals(prepared.bytes(), input.finish().bytes());
    }

    private static void feed(SignatureInput input, byte[] message, Random random) {
        int done = 0;
        while (done < message.length) {
            int count = Math.min(1 + random.nextInt(200), message.length - done);
            if (random.nextBoolean()) {
                input.update(message, done, count);
            } else {
                ByteBuffer buffer = ByteBuffer.wrap(message, done, count).asReadOnlyBuffer();
                input.update(buffer);
                assertEquals(0, buffer.remaining());
            }
            done += count;
        }
    }

    /**
     * µ is the hash of three parts: the hash of the public key, two zero bytes (no prehash, and the length of the empty
     * context), and the message (FIPS 204 §5.2 and §6.2).
     */
    @Property(tries = 50)
    void mu_anyMessage_isShakeOfKeyContextAndMessage(@ForAll byte[] message) throws GeneralSecurityException {
        SigningPlan plan = new Row(SignatureAlgorithm.ML_DSA_44, KeySpec.ML_DSA_44).plan();
        SignatureInput input = SignatureInput.of(plan);
        input.update(message, 0, message.length);

        byte[] key = PublicKeys.raw(plan.publicKey());
        byte[] hash = shake(key);
        byte[] all = new byte[hash.length + 2 + message.length];
        System.arraycopy(hash, 0, all, 0, hash.length);
        System.arraycopy(message, 0, all, hash.length + 2, message.length);
        assertArrayEquals(shake(all), input.finish().bytes());
    }

    private static byte[] shake(byte[] input) {
        SHAKEDigest digest = new SHAKEDigest(256);
        digest.update(input, 0, input.length);
        byte[] result = new byte[MessageType.MU_LENGTH];
        digest.doFinal(result, 0, result.length);
        return result;
    }

    @Property(tries = 100)
    void boundedMessage_anyPieces_keepsUpToTheLimitAndCountsAll(
            @ForAll @IntRange(max = 60) int limit, @ForAll List<@IntRange(max = 40) Integer> pieces) {
        BoundedMessage buffer = new BoundedMessage(limit);
        int total = 0;
        for (int piece : pieces) {
            byte[] bytes = new byte[piece];
            Arrays.fill(bytes, (byte) 7);
            if (piece % 2 == 0) {
                buffer.append(bytes, 0, piece);
            } else {
                buffer.append(ByteBuffer.wrap(bytes));
            }
            total += piece;
        }
        assertEquals(total, buffer.length());
        byte[] kept = buffer.take();
        assertTrue(kept.length <= limit);
        if (total <= limit) {
            assertEquals(total, kept.length);
        }
        assertEquals(0, buffer.length());
        assertEquals(0, buffer.take().length);
    }
}
