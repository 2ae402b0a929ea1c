package io.github.kmsjca.internal.provider;

import io.github.kmsjca.internal.algorithm.KeyAlgorithm;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.KmsPublicKey;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.key.KmsSecretKey;
import java.security.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service for a table row. It accepts KMS keys that fit the row, and their public keys. */
public final class KeyService extends EngineService {
    private static final String SEPARATOR = "|";

    private final KeyAlgorithm row;

    KeyService(Provider provider, KeyAlgorithm row, Class<?> spi, EngineFactory factory) {
        super(
                provider,
                new Description(row.usage().service(), row.jcaName(), aliases(row), attributes(row)),
                spi,
                factory);
        this.row = row;
    }

    private static List<String> aliases(KeyAlgorithm row) {
        return Stream.concat(row.aliases().stream(), row.oid().stream().flatMap(oid -> Stream.of(oid, "OID." + oid)))
                .toList();
    }

    /** Returns attributes that say which keys and KMS algorithms the row uses. Programs read them from the service. */
    private static Map<String, String> attributes(KeyAlgorithm row) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(
                "SupportedKeyClasses", (row instanceof MacAlgorithm ? KmsSecretKey.class : KmsKey.class).getName());
        attributes.put("KmsKeyUsage", row.usage().name());
        attributes.put(
                "KmsKeySpecs", row.keySpecs().stream().map(KeySpec::name).collect(Collectors.joining(SEPARATOR)));
        attributes.put(
                "KmsAlgorithm",
                row.keySpecs().stream()
                        .flatMap(spec -> row.kmsAlgorithms(spec).stream())
                        .distinct()
                        .collect(Collectors.joining(SEPARATOR)));
        if (row instanceof SignatureAlgorithm signature) {
            attributes.put("KmsMessageType", signature.scheme().messageType().name());
        }
        return attributes;
    }

    /** Also accepts a key with another key usage, because the engine's error says why the key cannot be used. */
    @Override
    public boolean supportsParameter(@Nullable Object key) {
        if (key instanceof KmsHandle ours) {
            return row.fits(ours.spec());
        }
        return key instanceof KmsPublicKey ours && row.fits(ours.handle().spec());
    }
}
