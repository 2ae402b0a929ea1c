package io.github.kmsjca.internal.algorithm;

import static io.github.kmsjca.internal.algorithm.AlgorithmNames.named;
import static io.github.kmsjca.internal.algorithm.SignatureRecipe.hashed;
import static io.github.kmsjca.internal.algorithm.SignatureRecipe.hashedByCaller;
import static io.github.kmsjca.internal.algorithm.SignatureRecipe.hashedByParameters;
import static io.github.kmsjca.internal.algorithm.SignatureRecipe.hashedByScheme;
import static io.github.kmsjca.internal.algorithm.SignatureRecipe.unsupported;

import java.util.List;
import java.util.Optional;

/**
 * The signature algorithms of the provider, one row each. Services, their attributes, key checks, error texts,
 * documentation and test parameters are all derived from these rows.
 */
public enum SignatureAlgorithm implements KeyAlgorithm {
    SHA256_RSA(
            hashed(SignatureScheme.RSA_PKCS1, Digest.SHA_256),
            named("SHA256withRSA").withOid("1.2.840.113549.1.1.11")),
    SHA384_RSA(
            hashed(SignatureScheme.RSA_PKCS1, Digest.SHA_384),
            named("SHA384withRSA").withOid("1.2.840.113549.1.1.12")),
    SHA512_RSA(
            hashed(SignatureScheme.RSA_PKCS1, Digest.SHA_512),
            named("SHA512withRSA").withOid("1.2.840.113549.1.1.13")),
    NONE_RSA(hashedByCaller(SignatureScheme.RSA_PKCS1), named("NONEwithRSA")),

    /** PSS with the hash from the parameters. */
    PSS(hashedByParameters(SignatureScheme.RSA_PSS), named("RSASSA-PSS").withOid("1.2.840.113549.1.1.10")),
    /** PSS over a digest that the caller made with the hash from the parameters. */
    NONE_PSS(
            hashedByCaller(SignatureScheme.RSA_PSS),
            named("NONEwithRSASSA-PSS").withAliases("NONEwithRSAandMGF1", "RAWRSASSA-PSS")),
    SHA256_PSS(
            hashed(SignatureScheme.RSA_PSS, Digest.SHA_256),
            named("SHA256withRSA/PSS")
                    .withAliases("SHA256withRSAandMGF1", "SHA256withRSASSA-PSS", "RSASSA-PSS/SHA256")),
    SHA384_PSS(
            hashed(SignatureScheme.RSA_PSS, Digest.SHA_384),
            named("SHA384withRSA/PSS")
                    .withAliases("SHA384withRSAandMGF1", "SHA384withRSASSA-PSS", "RSASSA-PSS/SHA384")),
    SHA512_PSS(
            hashed(SignatureScheme.RSA_PSS, Digest.SHA_512),
            named("SHA512withRSA/PSS")
                    .withAliases("SHA512withRSAandMGF1", "SHA512withRSASSA-PSS", "RSASSA-PSS/SHA512")),

    SHA224_ECDSA(
            hashed(SignatureScheme.ECDSA, Digest.SHA_224),
            named("SHA224withECDSA").withOid("1.2.840.10045.4.3.1")),
    SHA256_ECDSA(
            hashed(SignatureScheme.ECDSA, Digest.SHA_256),
            named("SHA256withECDSA").withOid("1.2.840.10045.4.3.2")),
    SHA384_ECDSA(
            hashed(SignatureScheme.ECDSA, Digest.SHA_384),
            named("SHA384withECDSA").withOid("1.2.840.10045.4.3.3")),
    SHA512_ECDSA(
            hashed(SignatureScheme.ECDSA, Digest.SHA_512),
            named("SHA512withECDSA").withOid("1.2.840.10045.4.3.4")),
    SHA3_256_ECDSA(
            hashed(SignatureScheme.ECDSA, Digest.SHA3_256),
            named("SHA3-256withECDSA").withOid("2.16.840.1.101.3.4.3.10")),
    SHA3_384_ECDSA(
            hashed(SignatureScheme.ECDSA, Digest.SHA3_384),
            named("SHA3-384withECDSA").withOid("2.16.840.1.101.3.4.3.11")),
    SHA3_512_ECDSA(
            hashed(SignatureScheme.ECDSA, Digest.SHA3_512),
            named("SHA3-512withECDSA").withOid("2.16.840.1.101.3.4.3.12")),
    NONE_ECDSA(hashedByCaller(SignatureScheme.ECDSA), named("NONEwithECDSA")),

    SHA224_ECDSA_P1363(SHA224_ECDSA.recipe.inP1363(), named("SHA224withECDSAinP1363Format")),
    SHA256_ECDSA_P1363(SHA256_ECDSA.recipe.inP1363(), named("SHA256withECDSAinP1363Format")),
    SHA384_ECDSA_P1363(SHA384_ECDSA.recipe.inP1363(), named("SHA384withECDSAinP1363Format")),
    SHA512_ECDSA_P1363(SHA512_ECDSA.recipe.inP1363(), named("SHA512withECDSAinP1363Format")),
    SHA3_256_ECDSA_P1363(SHA3_256_ECDSA.recipe.inP1363(), named("SHA3-256withECDSAinP1363Format")),
    SHA3_384_ECDSA_P1363(SHA3_384_ECDSA.recipe.inP1363(), named("SHA3-384withECDSAinP1363Format")),
    SHA3_512_ECDSA_P1363(SHA3_512_ECDSA.recipe.inP1363(), named("SHA3-512withECDSAinP1363Format")),
    NONE_ECDSA_P1363(NONE_ECDSA.recipe.inP1363(), named("NONEwithECDSAinP1363Format")),

    ED25519(hashedByScheme(SignatureScheme.ED25519), AlgorithmNames.of(KeySpec.ECC_NIST_EDWARDS25519)),
    EDDSA(hashedByScheme(SignatureScheme.ED25519), AlgorithmNames.of(KeyFamily.EDDSA)),

    ML_DSA(hashedByScheme(SignatureScheme.ML_DSA), AlgorithmNames.of(KeyFamily.ML_DSA)),
    ML_DSA_44(hashedByScheme(SignatureScheme.ML_DSA).onlyFor(KeySpec.ML_DSA_44), AlgorithmNames.of(KeySpec.ML_DSA_44)),
    ML_DSA_65(hashedByScheme(SignatureScheme.ML_DSA).onlyFor(KeySpec.ML_DSA_65), AlgorithmNames.of(KeySpec.ML_DSA_65)),
    ML_DSA_87(hashedByScheme(SignatureScheme.ML_DSA).onlyFor(KeySpec.ML_DSA_87), AlgorithmNames.of(KeySpec.ML_DSA_87)),

    SM3_SM2(hashed(SignatureScheme.SM2, Digest.SM3), named("SM3withSM2").withOid("1.2.156.10197.1.501")),

    // Algorithms that no KMS key fits. With these rows, a KMS key gets an error that says what the key can do.
    MD2_RSA(unsupported(SignatureScheme.RSA_PKCS1), named("MD2withRSA").withOid("1.2.840.113549.1.1.2")),
    MD5_RSA(unsupported(SignatureScheme.RSA_PKCS1), named("MD5withRSA").withOid("1.2.840.113549.1.1.4")),
    SHA1_RSA(
            unsupported(SignatureScheme.RSA_PKCS1),
            named("SHA1withRSA").withOid("1.2.840.113549.1.1.5").withAliases("1.3.14.3.2.29")),
    SHA224_RSA(unsupported(SignatureScheme.RSA_PKCS1), named("SHA224withRSA").withOid("1.2.840.113549.1.1.14")),
    SHA512_224_RSA(
            unsupported(SignatureScheme.RSA_PKCS1), named("SHA512/224withRSA").withOid("1.2.840.113549.1.1.15")),
    SHA512_256_RSA(
            unsupported(SignatureScheme.RSA_PKCS1), named("SHA512/256withRSA").withOid("1.2.840.113549.1.1.16")),
    SHA3_224_RSA(
            unsupported(SignatureScheme.RSA_PKCS1), named("SHA3-224withRSA").withOid("2.16.840.1.101.3.4.3.13")),
    SHA3_256_RSA(
            unsupported(SignatureScheme.RSA_PKCS1), named("SHA3-256withRSA").withOid("2.16.840.1.101.3.4.3.14")),
    SHA3_384_RSA(
            unsupported(SignatureScheme.RSA_PKCS1), named("SHA3-384withRSA").withOid("2.16.840.1.101.3.4.3.15")),
    SHA3_512_RSA(
            unsupported(SignatureScheme.RSA_PKCS1), named("SHA3-512withRSA").withOid("2.16.840.1.101.3.4.3.16")),
    RIPEMD160_RSA(
            unsupported(SignatureScheme.RSA_PKCS1), named("RIPEMD160withRSA").withOid("1.3.36.3.3.1.2")),
    NONE_RSA_ECB(unsupported(SignatureScheme.RSA_PKCS1), named("NONEwithRSA/ECB")),
    SHA1_PSS(
            unsupported(SignatureScheme.RSA_PSS),
            named("SHA1withRSA/PSS").withAliases("SHA1withRSAandMGF1", "SHA1withRSASSA-PSS")),
    SHA224_PSS(
            unsupported(SignatureScheme.RSA_PSS),
            named("SHA224withRSA/PSS").withAliases("SHA224withRSAandMGF1", "SHA224withRSASSA-PSS")),
    SHA1_ECDSA(unsupported(SignatureScheme.ECDSA), named("SHA1withECDSA").withOid("1.2.840.10045.4.1")),
    SHA1_ECDSA_P1363(unsupported(SignatureScheme.ECDSA).inP1363(), named("SHA1withECDSAinP1363Format")),
    SHA3_224_ECDSA(
            unsupported(SignatureScheme.ECDSA), named("SHA3-224withECDSA").withOid("2.16.840.1.101.3.4.3.9")),
    SHA3_224_ECDSA_P1363(unsupported(SignatureScheme.ECDSA).inP1363(), named("SHA3-224withECDSAinP1363Format")),
    RIPEMD160_ECDSA(unsupported(SignatureScheme.ECDSA), named("RIPEMD160withECDSA"));

    // a record of enums is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final SignatureRecipe recipe;

    // a record of strings is immutable
    @SuppressWarnings("ImmutableEnumChecker")
    private final AlgorithmNames names;

    SignatureAlgorithm(SignatureRecipe recipe, AlgorithmNames names) {
        this.recipe = recipe;
        this.names = names;
    }

    /** Returns the signature scheme. */
    public SignatureScheme scheme() {
        return recipe.scheme();
    }

    /** Returns whether KMS keys can sign with the algorithm. If not, no KMS key fits the row. */
    public boolean isSupported() {
        return !keySpecs().isEmpty();
    }

    /** Returns who chooses the hash function: the algorithm name, its parameters, the caller or the scheme. */
    public Hashing hashing() {
        return recipe.hashing();
    }

    /** Returns the hash function; empty if the name does not choose it, or if no KMS key fits the row. */
    public Optional<Digest> digest() {
        return Optional.ofNullable(recipe.digest());
    }

    /** Returns the encoding of the signature. */
    public SignatureEncoding encoding() {
        return recipe.encoding();
    }

    @Override
    public String jcaName() {
        return names.jcaName();
    }

    @Override
    public Optional<String> oid() {
        return names.findOid();
    }

    @Override
    public List<String> aliases() {
        return names.aliases();
    }

    @Override
    public KeyUsage usage() {
        return KeyUsage.SIGN_VERIFY;
    }

    @Override
    public boolean fits(KeySpec spec) {
        return recipe.fits(spec);
    }

    @Override
    public List<String> kmsAlgorithms(KeySpec spec) {
        return switch (hashing()) {
            case BY_NAME, BY_SCHEME -> List.of(scheme().kmsAlgorithm(spec, recipe.digest()));
            case BY_PARAMETERS, BY_CALLER ->
                Digest.forRsaAndEcdsa()
                        .map(digest -> scheme().kmsAlgorithm(spec, digest))
                        .distinct()
                        .toList();
        };
    }

    /**
     * Returns whether keys of the given spec sign this row's digest unchanged, neither cut nor padded. Also returns
     * true if neither the row nor the spec decides the hash function. The spec must fit this row.
     */
    public boolean keepsDigest(KeySpec spec) {
        return scheme().signedDigest(spec, recipe.digest()).equals(digest());
    }

    /** Returns whether the given name is the JCA name, an alias or the object identifier of this row, ignoring case. */
    public boolean isCalled(String name) {
        return name.equalsIgnoreCase(jcaName())
                || aliases().stream().anyMatch(name::equalsIgnoreCase)
                || oid().filter(name::equalsIgnoreCase).isPresent();
    }
}
