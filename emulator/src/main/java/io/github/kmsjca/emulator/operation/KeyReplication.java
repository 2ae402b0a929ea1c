package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyFinder;
import io.github.kmsjca.emulator.account.KeyLabels;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.account.Regions;
import io.github.kmsjca.emulator.wire.Answer;
import io.github.kmsjca.emulator.wire.Input;
import java.util.List;
import java.util.Optional;

/** KMS API {@code ReplicateKey}. Unlike a replica in KMS, a new replica is never in the state Creating. */
final class KeyReplication {
    private final Regions regions;
    private final KeyFinder finder;
    private final KeyMetadata metadata;

    KeyReplication(Regions regions, KeyFinder finder, KeyMetadata metadata) {
        this.regions = regions;
        this.finder = finder;
        this.metadata = metadata;
    }

    Answer replicate(Input input) {
        KeyLabels labels = TagRules.labels(input);
        KmsKey primary = finder.findWithoutAlias(input.get(Members.KEY_ID), "ReplicateKey");
        Optional<String> policy = KeyPolicy.requireValid(input, primary.location());
        KmsKey replica = regions.replicate(primary, input.get(Members.REPLICA_REGION), labels);
        List<Answer> tags =
                labels.tags().entrySet().stream().map(TagOperations::view).toList();
        return new Answer()
                .structure("ReplicaKeyMetadata", metadata.of(replica))
                .text("ReplicaPolicy", policy.orElseGet(() -> KeyPolicy.defaultPolicy(replica.location())))
                .structures("ReplicaTags", tags);
    }
}
