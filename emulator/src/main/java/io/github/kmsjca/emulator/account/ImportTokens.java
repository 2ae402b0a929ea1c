package io.github.kmsjca.emulator.account;

import io.github.kmsjca.emulator.wire.ErrorType;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The import tokens issued in one Region since the emulator started. Safe for use by many threads. */
public final class ImportTokens {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 64;

    // expired tokens stay here, because KMS has different errors for expired and for unknown tokens
    private final Map<String, ImportParameters> issued = new ConcurrentHashMap<>();

    /** Returns a new token for these parameters. */
    public byte[] issue(ImportParameters parameters) {
        byte[] token = new byte[LENGTH];
        RANDOM.nextBytes(token);
        issued.put(HexFormat.of().formatHex(token), parameters);
        return token;
    }

    /**
     * Returns the parameters that a token stands for.
     *
     * @throws io.github.kmsjca.emulator.wire.ServiceException InvalidImportTokenException, if the token is unknown or
     *     was issued for another key; ExpiredImportTokenException, if the token has expired
     */
    public ImportParameters require(byte[] token, KmsKey key, Instant now) {
        ImportParameters parameters = Optional.ofNullable(
                        issued.get(HexFormat.of().formatHex(token)))
                .filter(found -> found.keyArn().equals(key.arn()))
                .orElseThrow(ErrorType.INVALID_IMPORT_TOKEN::withoutMessage);
        if (!now.isBefore(parameters.validTo())) {
            throw ErrorType.EXPIRED_IMPORT_TOKEN.withoutMessage();
        }
        return parameters;
    }
}
