package io.github.kmsjca.internal.client;

import java.time.Instant;
import java.util.Optional;

/**
 * An alias as KMS lists it (KMS API {@code ListAliases}).
 *
 * @param name the alias name with its prefix, {@code alias/release}
 * @param targetKeyId the key id without ARN
 * @param created when the alias was created; empty if KMS does not say
 */
public record AliasAnswer(String name, String targetKeyId, Optional<Instant> created) {}
