package io.github.kmsjca;

import io.github.kmsjca.algorithm.Digest;
import io.github.kmsjca.algorithm.KeySpec;
import io.github.kmsjca.algorithm.SignatureAlgorithm;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.key.KmsPrivateKey;
import io.github.kmsjca.key.KmsSessions;
import io.github.kmsjca.signature.KmsSignature;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row of the table as a service of the provider. */
final class SignatureService extends EngineService {
    private static final String SEPARATOR = "|";

    private final SignatureAlgorithm row;
    private final KmsSessions sessions;

    SignatureService(KmsProvider provider, SignatureAlgorithm row, KmsSessions sessions) {
        super(
                provider,
                new Title("Signature", row.jcaName(), aliases(row), attributes(row)),
                KmsSignature.class,
                () -> new KmsSignature(row, sessions, KmsProvider.class));
        this.row = row;
        this.sessions = sessions;
    }

    private static List<String> aliases(SignatureAlgorithm row) {
        return Stream.concat(row.aliases().stream(), row.oid().stream().flatMap(oid -> Stream.of(oid, "OID." + oid)))
                .toList();
    }

    /** For suites and programs that read {@code provider.getServices()}: which keys, and what KMS is asked for. */
    private static Map<String, String> attributes(SignatureAlgorithm row) {
        return Map.of(
                "KmsMessageType", row.scheme().messageType().name(),
                "SupportedKeyClasses", KmsKey.class.getName(),
                "KmsKeySpecs", row.keySpecs().stream().map(KeySpec::name).collect(Collectors.joining(SEPARATOR)),
                "KmsAlgorithm",
                        row.keySpecs().stream()
                                .flatMap(spec ->
                                        digests(row).map(digest -> row.scheme().kmsAlgorithm(spec, digest)))
                                .distinct()
                                .collect(Collectors.joining(SEPARATOR)));
    }

    static Stream<Optional<Digest>> digests(SignatureAlgorithm row) {
        return switch (row.hashing()) {
            case BY_NAME, BY_SCHEME -> Stream.of(row.digest());
            case BY_PARAMETERS, BY_CALLER -> Digest.ofKms().map(Optional::of);
        };
    }

    /** Takes our private keys that fit the row, and public keys that KMS itself is to verify with. */
    @Override
    public boolean supportsParameter(@Nullable Object key) {
        if (key instanceof KmsPrivateKey ours) {
            return row.fits(ours.spec());
        }
        return key instanceof PublicKey publicKey
                && sessions.verifier(publicKey).isPresent();
    }
}
