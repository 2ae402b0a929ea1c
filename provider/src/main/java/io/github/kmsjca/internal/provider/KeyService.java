package io.github.kmsjca.internal.provider;

import io.github.kmsjca.internal.algorithm.Hashing;
import io.github.kmsjca.internal.algorithm.KeyAlgorithm;
import io.github.kmsjca.internal.algorithm.KeySpec;
import io.github.kmsjca.internal.algorithm.MacAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureAlgorithm;
import io.github.kmsjca.internal.algorithm.SignatureScheme;
import io.github.kmsjca.internal.delegation.OtherProviders;
import io.github.kmsjca.internal.handle.KmsHandle;
import io.github.kmsjca.internal.handle.KmsPublicKey;
import io.github.kmsjca.key.KmsKey;
import io.github.kmsjca.key.KmsSecretKey;
import java.security.Provider;
import java.security.interfaces.RSAPublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service for a table row. {@link #supportsParameter} says which keys its engines get. */
public final class KeyService extends EngineService {
    private static final String SEPARATOR = "|";

    private final KeyAlgorithm row;
    private final OtherProviders others;

    /** Creates the service of a row, with the aliases and object identifier of the row. */
    KeyService(Provider provider, KeyAlgorithm row, Class<?> spi, EngineFactory factory) {
        this(
                provider,
                row,
                new Description(row.service(), row.jcaName(), aliases(row), attributes(row)),
                new Engine(spi, factory));
    }

    private KeyService(Provider provider, KeyAlgorithm row, Description description, Engine engine) {
        super(provider, description, engine);
        this.row = row;
        this.others = new OtherProviders(provider.getClass());
    }

    /**
     * Returns a service for each name of a row. A Cipher needs one for each name: if a program names no provider, the
     * JCA does not find the aliases of a transformation.
     */
    static Stream<KeyService> ofEachName(Provider provider, KeyAlgorithm row, Class<?> spi, EngineFactory factory) {
        return Stream.concat(Stream.of(row.jcaName()), row.aliases().stream())
                .map(name -> new KeyService(
                        provider,
                        row,
                        new Description(row.service(), name, List.of(), attributes(row)),
                        new Engine(spi, factory)));
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

    /**
     * Returns whether the engine gets this key. Signature engines get every handle, and the key usage does not matter:
     * the engine refuses an unfit key with an error that says what the key can do. The JCA's own error does not say
     * this. Foreign keys are left to other providers, except RSA public keys for a PSS name that only our provider
     * knows.
     */
    @Override
    public boolean supportsParameter(@Nullable Object key) {
        if (key instanceof KmsHandle ours) {
            return row instanceof SignatureAlgorithm || row.fits(ours.spec());
        }
        if (key instanceof KmsPublicKey ours) {
            return row.fits(ours.handle().spec());
        }
        return key instanceof RSAPublicKey && isOnlyOurs();
    }

    /**
     * Returns whether the row has a name for PSS that no other provider knows. Verification by this name then needs our
     * provider, even with a foreign key.
     */
    private boolean isOnlyOurs() {
        return row instanceof SignatureAlgorithm signature
                && signature.scheme() == SignatureScheme.RSA_PSS
                && signature.isSupported()
                && signature.hashing() != Hashing.BY_PARAMETERS
                && !others.isOfferedByAny(row.service(), row.jcaName());
    }
}
