package io.github.kmsjca.client;

import java.time.Instant;

/**
 * What KMS tells of an alias that points to a customer's key (KMS API {@code ListAliases}).
 *
 * @param name the alias name with its prefix, {@code alias/release}
 * @param targetKeyId the bare key id
 * @param created when the alias was made
 */
public record AliasAnswer(String name, String targetKeyId, Instant created) {}
