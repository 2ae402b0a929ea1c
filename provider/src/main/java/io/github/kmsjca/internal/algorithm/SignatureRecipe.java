package io.github.kmsjca.internal.algorithm;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a row of {@link SignatureAlgorithm} signs.
 *
 * @param hashing who chooses the hash function
 * @param digest the hash function, if the algorithm name chooses it and KMS keys fit the row; null otherwise
 * @param onlySpecs the only key specs that the row accepts; null for every key spec of the scheme
 */
record SignatureRecipe(
        SignatureScheme scheme,
        Hashing hashing,
        @Nullable Digest digest,
        SignatureEncoding encoding,
        @Nullable Set<KeySpec> onlySpecs) {

    /** Returns a recipe that signs a hash of the message. The algorithm name chooses the hash function. */
    static SignatureRecipe hashed(SignatureScheme scheme, Digest digest) {
        return new SignatureRecipe(scheme, Hashing.BY_NAME, digest, SignatureEncoding.KMS, null);
    }

    /** Returns a recipe that signs a hash of the message. The parameters choose the hash function. */
    static SignatureRecipe hashedByParameters(SignatureScheme scheme) {
        return new SignatureRecipe(scheme, Hashing.BY_PARAMETERS, null, SignatureEncoding.KMS, null);
    }

    /** Returns a recipe that signs a hash that the caller passes. */
    static SignatureRecipe hashedByCaller(SignatureScheme scheme) {
        return new SignatureRecipe(scheme, Hashing.BY_CALLER, null, SignatureEncoding.KMS, null);
    }

    /** Returns a recipe that signs the message itself, which the scheme hashes in its own way. */
    static SignatureRecipe hashedByScheme(SignatureScheme scheme) {
        return new SignatureRecipe(scheme, Hashing.BY_SCHEME, null, SignatureEncoding.KMS, null);
    }

    /** Returns a recipe for an algorithm that KMS keys cannot sign with. The recipe accepts no KMS key. */
    static SignatureRecipe unsupported(SignatureScheme scheme) {
        return new SignatureRecipe(scheme, Hashing.BY_NAME, null, SignatureEncoding.KMS, Set.of());
    }

    /** Returns this recipe for keys of the given spec only. */
    SignatureRecipe onlyFor(KeySpec spec) {
        return new SignatureRecipe(scheme, hashing, digest, encoding, Set.of(spec));
    }

    /** Returns this recipe with signatures in the encoding of IEEE P1363. */
    SignatureRecipe inP1363() {
        return new SignatureRecipe(scheme, hashing, digest, SignatureEncoding.P1363, onlySpecs);
    }

    boolean fits(KeySpec spec) {
        return scheme.fits(spec) && (onlySpecs == null || onlySpecs.contains(spec));
    }
}
