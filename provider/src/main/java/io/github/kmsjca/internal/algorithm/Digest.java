package io.github.kmsjca.internal.algorithm;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A hash function, with its names and its output length in bytes. */
public enum Digest {
    SHA_1("SHA-1", "1.3.14.3.2.26", 20),
    SHA_224("SHA-224", "2.16.840.1.101.3.4.2.4", 28),
    SHA_256("SHA-256", "2.16.840.1.101.3.4.2.1", 32, "SHA_256"),
    SHA_384("SHA-384", "2.16.840.1.101.3.4.2.2", 48, "SHA_384"),
    SHA_512("SHA-512", "2.16.840.1.101.3.4.2.3", 64, "SHA_512"),
    SHA3_256("SHA3-256", "2.16.840.1.101.3.4.2.8", 32),
    SHA3_384("SHA3-384", "2.16.840.1.101.3.4.2.9", 48),
    SHA3_512("SHA3-512", "2.16.840.1.101.3.4.2.10", 64),
    SM3("SM3", "1.2.156.10197.1.401", 32);

    private static final String SHA_PREFIX = "SHA-";

    private final String jcaName;
    private final String oid;
    private final int length;
    private final @Nullable String kmsName;

    Digest(String jcaName, String oid, int length) {
        this(jcaName, oid, length, null);
    }

    Digest(String jcaName, String oid, int length, @Nullable String kmsName) {
        this.jcaName = jcaName;
        this.oid = oid;
        this.length = length;
        this.kmsName = kmsName;
    }

    /** Returns the name that {@link java.security.MessageDigest} knows, such as {@code SHA-256}. */
    public String jcaName() {
        return jcaName;
    }

    /** Returns the object identifier in dotted form (RFC 8017 appendix B.1; for SHA-3, RFC 9688 §2). */
    public String oid() {
        return oid;
    }

    /** Returns the output length in bytes. */
    public int length() {
        return length;
    }

    /**
     * Returns the name of the hash in the KMS names of RSA and ECDSA signature algorithms; empty if none of these
     * algorithms uses the hash.
     */
    public Optional<String> kmsName() {
        return Optional.ofNullable(kmsName);
    }

    /** Returns the hashes that KMS supports for RSA and ECDSA signatures. */
    public static Stream<Digest> forRsaAndEcdsa() {
        return Arrays.stream(values()).filter(digest -> digest.kmsName != null);
    }

    /**
     * Returns the hash with the given JCA name or object identifier; empty if there is none. As in the JDK, the first
     * dash in SHA-1 and SHA-2 names may be missing, and {@code OID.} may precede the object identifier.
     */
    public static Optional<Digest> named(String name) {
        return Arrays.stream(values()).filter(digest -> digest.isCalled(name)).findFirst();
    }

    private boolean isCalled(String name) {
        return name.equalsIgnoreCase(jcaName)
                || name.equals(oid)
                || name.equals("OID." + oid)
                || (jcaName.startsWith(SHA_PREFIX) && name.equalsIgnoreCase(compactName()));
    }

    /** Returns the JCA name without the first dash, such as {@code SHA256}. */
    public String compactName() {
        return jcaName.replaceFirst("-", "");
    }

    /**
     * Returns the name of the hash in the KMS names of RSA and ECDSA signature algorithms.
     *
     * @throws ProviderBug if none of these algorithms uses the hash
     */
    String requireKmsName() {
        return kmsName().orElseThrow(() -> new ProviderBug("no RSA or ECDSA algorithm of KMS uses " + jcaName));
    }
}
