package io.github.kmsjca.internal.client;

import java.time.Instant;
import java.util.Optional;

/**
 * What KMS tells of an alias that points to a customer's key (KMS API {@code ListAliases}).
 *
 * @param name the alias name with its prefix, {@code alias/release}
 * @param targetKeyId the bare key id
 * @param created when the alias was made, if KMS tells
 */
public record AliasAnswer(String name, String targetKeyId, Optional<Instant> created) {}
