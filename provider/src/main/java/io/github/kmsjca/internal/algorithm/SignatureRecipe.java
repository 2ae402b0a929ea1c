package io.github.kmsjca.internal.algorithm;

import org.jspecify.annotations.Nullable;

/**
 * How the signatures of a row of {@link SignatureAlgorithm} are made.
 *
 * @param hashing who says which hash of the message is signed
 * @param digest the hash, where the name of the row says it; null elsewhere
 * @param only the one key spec of the row; null for all that the scheme fits
 */
record SignatureRecipe(
        SignatureScheme scheme,
        Hashing hashing,
        @Nullable Digest digest,
        SignatureEncoding encoding,
        @Nullable KeySpec only) {

    /** Signs the hash of the message that the name of the row says. */
    static SignatureRecipe hashed(SignatureScheme scheme, Digest digest) {
        return new SignatureRecipe(scheme, Hashing.BY_NAME, digest, SignatureEncoding.KMS, null);
    }

    /** Signs the hash of the message that the parameters say. */
    static SignatureRecipe hashedByParameters(SignatureScheme scheme) {
        return new SignatureRecipe(scheme, Hashing.BY_PARAMETERS, null, SignatureEncoding.KMS, null);
    }

    /** Signs a hash that the caller has made. */
    static SignatureRecipe hashedByCaller(SignatureScheme scheme) {
        return new SignatureRecipe(scheme, Hashing.BY_CALLER, null, SignatureEncoding.KMS, null);
    }

    /** Signs messages, which the scheme hashes in its own way. */
    static SignatureRecipe whole(SignatureScheme scheme) {
        return new SignatureRecipe(scheme, Hashing.BY_SCHEME, null, SignatureEncoding.KMS, null);
    }

    /** Makes the same signatures with keys of one spec. */
    SignatureRecipe with(KeySpec spec) {
        return new SignatureRecipe(scheme, hashing, digest, encoding, spec);
    }

    /** Makes the same signatures in the form of IEEE P1363. */
    SignatureRecipe inP1363() {
        return new SignatureRecipe(scheme, hashing, digest, SignatureEncoding.P1363, only);
    }

    boolean fits(KeySpec spec) {
        return scheme.fits(spec) && (only == null || only == spec);
    }
}
