package io.github.kmsjca.algorithm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The signature algorithms of the provider, one row each. Services, their attributes, key checks, error texts,
 * documentation and test parameters all come from here.
 */
public enum SignatureAlgorithm {
    SHA256_RSA(SignatureScheme.RSA_PKCS1, Digest.SHA_256, "SHA256withRSA", new Oid("1.2.840.113549.1.1.11")),
    SHA384_RSA(SignatureScheme.RSA_PKCS1, Digest.SHA_384, "SHA384withRSA", new Oid("1.2.840.113549.1.1.12")),
    SHA512_RSA(SignatureScheme.RSA_PKCS1, Digest.SHA_512, "SHA512withRSA", new Oid("1.2.840.113549.1.1.13")),

    /** PSS with the hash that the parameters name, as the JDK spells it. */
    PSS(SignatureScheme.RSA_PSS, "RSASSA-PSS", new Oid("1.2.840.113549.1.1.10")),
    SHA256_PSS(
            SignatureScheme.RSA_PSS,
            Digest.SHA_256,
            "SHA256withRSA/PSS",
            "SHA256withRSAandMGF1",
            "SHA256withRSASSA-PSS",
            "RSASSA-PSS/SHA256"),
    SHA384_PSS(
            SignatureScheme.RSA_PSS,
            Digest.SHA_384,
            "SHA384withRSA/PSS",
            "SHA384withRSAandMGF1",
            "SHA384withRSASSA-PSS",
            "RSASSA-PSS/SHA384"),
    SHA512_PSS(
            SignatureScheme.RSA_PSS,
            Digest.SHA_512,
            "SHA512withRSA/PSS",
            "SHA512withRSAandMGF1",
            "SHA512withRSASSA-PSS",
            "RSASSA-PSS/SHA512"),

    SHA256_ECDSA(SignatureScheme.ECDSA, Digest.SHA_256, "SHA256withECDSA", new Oid("1.2.840.10045.4.3.2")),
    SHA384_ECDSA(SignatureScheme.ECDSA, Digest.SHA_384, "SHA384withECDSA", new Oid("1.2.840.10045.4.3.3")),
    SHA512_ECDSA(SignatureScheme.ECDSA, Digest.SHA_512, "SHA512withECDSA", new Oid("1.2.840.10045.4.3.4"));

    private final SignatureScheme scheme;
    private final Optional<Digest> digest;
    private final String jcaName;
    private final Optional<String> oid;
    // made by List.of, which is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> aliases;

    SignatureAlgorithm(SignatureScheme scheme, Digest digest, String jcaName, Oid oid) {
        this(scheme, Optional.of(digest), jcaName, Optional.of(oid));
    }

    SignatureAlgorithm(SignatureScheme scheme, Digest digest, String jcaName, String... aliases) {
        this(scheme, Optional.of(digest), jcaName, Optional.empty(), aliases);
    }

    SignatureAlgorithm(SignatureScheme scheme, String jcaName, Oid oid) {
        this(scheme, Optional.empty(), jcaName, Optional.of(oid));
    }

    SignatureAlgorithm(
            SignatureScheme scheme, Optional<Digest> digest, String jcaName, Optional<Oid> oid, String... aliases) {
        this.scheme = scheme;
        this.digest = digest;
        this.jcaName = jcaName;
        this.oid = oid.map(Oid::dotted);
        this.aliases = List.of(aliases);
    }

    private record Oid(String dotted) {}

    /** Returns the names of the rows that keys of a spec can sign with, separated by commas, for error texts. */
    public static String namesFor(KeySpec spec) {
        return Arrays.stream(values())
                .filter(row -> row.scheme.fits(spec))
                .map(SignatureAlgorithm::jcaName)
                .collect(Collectors.joining(", "));
    }

    /** Returns the way of signing. */
    public SignatureScheme scheme() {
        return scheme;
    }

    /** Returns the hash of the message, or empty where parameters name it. */
    public Optional<Digest> digest() {
        return digest;
    }

    /** Returns the name under which the provider publishes the row. */
    public String jcaName() {
        return jcaName;
    }

    /** Returns the object identifier that stands for the row in certificates, in dotted form, if it has one. */
    public Optional<String> oid() {
        return oid;
    }

    /** Returns the other names of the row, without the object identifier. */
    public List<String> aliases() {
        return aliases;
    }

    /** Returns the key specs that can sign this way. */
    public List<KeySpec> keySpecs() {
        return Arrays.stream(KeySpec.values()).filter(scheme::fits).toList();
    }
}
