package io.github.kmsjca.internal.algorithm;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signature algorithms of the provider, one row each. Services, their attributes, key checks, error texts,
 * documentation and test parameters all come from here.
 */
public enum SignatureAlgorithm implements KeyAlgorithm {
    SHA256_RSA(SignatureScheme.RSA_PKCS1, Digest.SHA_256, "SHA256withRSA", new Oid("1.2.840.113549.1.1.11")),
    SHA384_RSA(SignatureScheme.RSA_PKCS1, Digest.SHA_384, "SHA384withRSA", new Oid("1.2.840.113549.1.1.12")),
    SHA512_RSA(SignatureScheme.RSA_PKCS1, Digest.SHA_512, "SHA512withRSA", new Oid("1.2.840.113549.1.1.13")),
    NONE_RSA(SignatureScheme.RSA_PKCS1, Hashing.BY_CALLER, "NONEwithRSA"),

    /** PSS with the hash that the parameters name, as the JDK spells it. */
    PSS(SignatureScheme.RSA_PSS, Hashing.BY_PARAMETERS, "RSASSA-PSS", new Oid("1.2.840.113549.1.1.10")),
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

    SHA224_ECDSA(SignatureScheme.ECDSA, Digest.SHA_224, "SHA224withECDSA", new Oid("1.2.840.10045.4.3.1")),
    SHA256_ECDSA(SignatureScheme.ECDSA, Digest.SHA_256, "SHA256withECDSA", new Oid("1.2.840.10045.4.3.2")),
    SHA384_ECDSA(SignatureScheme.ECDSA, Digest.SHA_384, "SHA384withECDSA", new Oid("1.2.840.10045.4.3.3")),
    SHA512_ECDSA(SignatureScheme.ECDSA, Digest.SHA_512, "SHA512withECDSA", new Oid("1.2.840.10045.4.3.4")),
    SHA3_256_ECDSA(SignatureScheme.ECDSA, Digest.SHA3_256, "SHA3-256withECDSA", new Oid("2.16.840.1.101.3.4.3.10")),
    SHA3_384_ECDSA(SignatureScheme.ECDSA, Digest.SHA3_384, "SHA3-384withECDSA", new Oid("2.16.840.1.101.3.4.3.11")),
    SHA3_512_ECDSA(SignatureScheme.ECDSA, Digest.SHA3_512, "SHA3-512withECDSA", new Oid("2.16.840.1.101.3.4.3.12")),
    NONE_ECDSA(SignatureScheme.ECDSA, Hashing.BY_CALLER, "NONEwithECDSA"),

    SHA224_ECDSA_P1363(SHA224_ECDSA, "SHA224withECDSAinP1363Format"),
    SHA256_ECDSA_P1363(SHA256_ECDSA, "SHA256withECDSAinP1363Format"),
    SHA384_ECDSA_P1363(SHA384_ECDSA, "SHA384withECDSAinP1363Format"),
    SHA512_ECDSA_P1363(SHA512_ECDSA, "SHA512withECDSAinP1363Format"),
    SHA3_256_ECDSA_P1363(SHA3_256_ECDSA, "SHA3-256withECDSAinP1363Format"),
    SHA3_384_ECDSA_P1363(SHA3_384_ECDSA, "SHA3-384withECDSAinP1363Format"),
    SHA3_512_ECDSA_P1363(SHA3_512_ECDSA, "SHA3-512withECDSAinP1363Format"),
    NONE_ECDSA_P1363(NONE_ECDSA, "NONEwithECDSAinP1363Format"),

    ED25519(SignatureScheme.ED25519, Hashing.BY_SCHEME, "Ed25519", new Oid("1.3.101.112")),
    EDDSA(SignatureScheme.ED25519, Hashing.BY_SCHEME, "EdDSA"),

    ML_DSA(SignatureScheme.ML_DSA, Hashing.BY_SCHEME, "ML-DSA"),
    ML_DSA_44(KeySpec.ML_DSA_44, "ML-DSA-44", new Oid("2.16.840.1.101.3.4.3.17")),
    ML_DSA_65(KeySpec.ML_DSA_65, "ML-DSA-65", new Oid("2.16.840.1.101.3.4.3.18")),
    ML_DSA_87(KeySpec.ML_DSA_87, "ML-DSA-87", new Oid("2.16.840.1.101.3.4.3.19")),

    SM3_SM2(SignatureScheme.SM2, Digest.SM3, "SM3withSM2", new Oid("1.2.156.10197.1.501"));

    // a record of enums and optional enums
    @SuppressWarnings("ImmutableEnumChecker")
    private final Recipe recipe;

    private final String jcaName;
    private final Optional<String> oid;

    // made by List.of, which is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> aliases;

    SignatureAlgorithm(SignatureScheme scheme, Digest digest, String jcaName, Oid oid) {
        this(Recipe.of(scheme, digest), jcaName, Optional.of(oid));
    }

    SignatureAlgorithm(SignatureScheme scheme, Digest digest, String jcaName, String... aliases) {
        this(Recipe.of(scheme, digest), jcaName, Optional.empty(), aliases);
    }

    SignatureAlgorithm(SignatureScheme scheme, Hashing hashing, String jcaName, Oid oid) {
        this(Recipe.of(scheme, hashing), jcaName, Optional.of(oid));
    }

    SignatureAlgorithm(SignatureScheme scheme, Hashing hashing, String jcaName) {
        this(Recipe.of(scheme, hashing), jcaName, Optional.empty());
    }

    /** Makes a row of ML-DSA for one parameter set. */
    SignatureAlgorithm(KeySpec only, String jcaName, Oid oid) {
        this(Recipe.of(SignatureScheme.ML_DSA, Hashing.BY_SCHEME).only(only), jcaName, Optional.of(oid));
    }

    /** Makes a row that differs from another in the form of the signature alone. */
    SignatureAlgorithm(SignatureAlgorithm other, String jcaName) {
        this(other.recipe.encoded(SignatureEncoding.P1363), jcaName, Optional.empty());
    }

    SignatureAlgorithm(Recipe recipe, String jcaName, Optional<Oid> oid, String... aliases) {
        this.recipe = recipe;
        this.jcaName = jcaName;
        this.oid = oid.map(Oid::dotted);
        this.aliases = List.of(aliases);
    }

    private record Oid(String dotted) {}

    private record Recipe(
            SignatureScheme scheme,
            Hashing hashing,
            Optional<Digest> digest,
            SignatureEncoding encoding,
            Optional<KeySpec> only) {
        static Recipe of(SignatureScheme scheme, Digest digest) {
            return new Recipe(scheme, Hashing.BY_NAME, Optional.of(digest), SignatureEncoding.KMS, Optional.empty());
        }

        static Recipe of(SignatureScheme scheme, Hashing hashing) {
            return new Recipe(scheme, hashing, Optional.empty(), SignatureEncoding.KMS, Optional.empty());
        }

        Recipe only(KeySpec spec) {
            return new Recipe(scheme, hashing, digest, encoding, Optional.of(spec));
        }

        Recipe encoded(SignatureEncoding other) {
            return new Recipe(scheme, hashing, digest, other, only);
        }
    }

    /** Returns the way of signing. */
    public SignatureScheme scheme() {
        return recipe.scheme;
    }

    /** Returns who says which hash of the message is signed. */
    public Hashing hashing() {
        return recipe.hashing;
    }

    /** Returns the hash of the message where the name of the algorithm says it. */
    public Optional<Digest> digest() {
        return recipe.digest;
    }

    /** Returns the form of the signature. */
    public SignatureEncoding encoding() {
        return recipe.encoding;
    }

    @Override
    public String jcaName() {
        return jcaName;
    }

    @Override
    public Optional<String> oid() {
        return oid;
    }

    @Override
    public List<String> aliases() {
        return aliases;
    }

    @Override
    public KeyUsage usage() {
        return KeyUsage.SIGN_VERIFY;
    }

    @Override
    public boolean fits(KeySpec spec) {
        return recipe.scheme.fits(spec) && recipe.only.filter(spec::equals).isPresent() == recipe.only.isPresent();
    }

    @Override
    public List<String> kmsAlgorithms(KeySpec spec) {
        return digests()
                .map(digest -> recipe.scheme.kmsAlgorithm(spec, digest))
                .distinct()
                .toList();
    }

    private Stream<Optional<Digest>> digests() {
        return switch (recipe.hashing) {
            case BY_NAME, BY_SCHEME -> Stream.of(recipe.digest);
            case BY_PARAMETERS, BY_CALLER -> Digest.ofKms().map(Optional::of);
        };
    }

    /** Returns whether keys of a spec that fits sign this way the digest that was asked for, uncut and not padded. */
    public boolean isUsualFor(KeySpec spec) {
        return scheme().signedDigest(spec, digest()).equals(digest());
    }

    /** Returns whether users call the row so, in upper or lower case: by its name, another name or the identifier. */
    public boolean isCalled(String name) {
        return Stream.of(Stream.of(jcaName), aliases.stream(), oid.stream())
                .flatMap(names -> names)
                .anyMatch(name::equalsIgnoreCase);
    }
}
