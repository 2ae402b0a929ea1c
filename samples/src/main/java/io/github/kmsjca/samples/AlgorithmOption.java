package io.github.kmsjca.samples;

import java.security.InvalidKeyException;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the algorithm. */
final class AlgorithmOption {
    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            converter = FileAlgorithm.Converter.class,
            completionCandidates = FileAlgorithm.Names.class,
            description = "${COMPLETION-CANDIDATES}. Default: the usual one for the key.")
    @Nullable
    FileAlgorithm named;

    FileAlgorithm of(PublicKey key) throws InvalidKeyException {
        return named != null ? named : FileAlgorithm.usual(key);
    }
}
