package io.github.kmsjca.cli;

import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the signature algorithm for a key from an option such as {@code --algorithm}.
 *
 * @param signed what the algorithm signs, in the plural, such as {@code messages}: the error text says that a key
 *     "cannot sign messages"
 * @param usable which algorithms can sign this
 */
record AlgorithmChoice(String signed, Predicate<SignatureAlgorithm> usable) {

    /**
     * Returns the algorithm with the given name. Without a name, returns the usual algorithm for the key spec: for a
     * curve, the one with the hash that KMS pairs with the curve.
     *
     * @throws InvalidKeyException if keys of the given spec cannot sign with the algorithm, or, without a name, with
     *     any usable algorithm
     */
    SignatureAlgorithm of(KeySpec spec, @Nullable String name) throws InvalidKeyException {
        return fitting(spec)
                .filter(row -> name == null ? row.keepsDigest(spec) : row.isCalled(name))
                .findFirst()
                .orElseThrow(() -> new InvalidKeyException("an " + spec + " key cannot sign " + signed
                        + (name == null ? "" : " with " + name) + "; " + remedy(spec)));
    }

    private String remedy(KeySpec spec) {
        String possible = fitting(spec).map(SignatureAlgorithm::jcaName).collect(Collectors.joining(", "));
        return possible.isEmpty() ? "name another key" : "possible algorithms: " + possible;
    }

    private Stream<SignatureAlgorithm> fitting(KeySpec spec) {
        return Arrays.stream(SignatureAlgorithm.values()).filter(row -> row.fits(spec) && usable.test(row));
    }
}
