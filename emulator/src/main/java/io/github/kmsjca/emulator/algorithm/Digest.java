package io.github.kmsjca.emulator.algorithm;

import io.github.kmsjca.emulator.material.EmulatorBug;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The table of digest algorithms, each with the length of its digests in bytes, and with the bytes that precede the
 * digest in a DigestInfo (RFC 8017 §9.2, note 1).
 */
enum Digest {
    SHA_256("SHA-256", 32, "3031300d060960864801650304020105000420"),
    SHA_384("SHA-384", 48, "3041300d060960864801650304020205000430"),
    SHA_512("SHA-512", 64, "3051300d060960864801650304020305000440");

    private final String jcaName;
    private final int length;
    private final String digestInfoPrefix;

    Digest(String jcaName, int length, String digestInfoPrefix) {
        this.jcaName = jcaName;
        this.length = length;
        this.digestInfoPrefix = digestInfoPrefix;
    }

    String jcaName() {
        return jcaName;
    }

    int length() {
        return length;
    }

    byte[] hash(byte[] message) {
        try {
            return MessageDigest.getInstance(jcaName).digest(message);
        } catch (GeneralSecurityException e) {
            throw new EmulatorBug(e);
        }
    }

    /** Returns the DigestInfo of a digest of this algorithm. */
    byte[] digestInfo(byte[] digest) {
        return HexFormat.of().parseHex(digestInfoPrefix + HexFormat.of().formatHex(digest));
    }
}
