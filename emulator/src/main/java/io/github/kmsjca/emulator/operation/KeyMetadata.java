package io.github.kmsjca.emulator.operation;

import io.github.kmsjca.emulator.account.KeyScope;
import io.github.kmsjca.emulator.account.KeyState;
import io.github.kmsjca.emulator.account.KeyStatus;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.account.Regions;
import io.github.kmsjca.emulator.algorithm.KeyPurpose;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.Answer;
import java.time.Instant;

/** Makes the part of an answer that describes a key. */
final class KeyMetadata {
    private final Regions regions;

    KeyMetadata(Regions regions) {
        this.regions = regions;
    }

    /** Returns the structure {@code KeyMetadata}. */
    Answer of(KmsKey key) {
        KeyScope scope = key.details().scope();
        Answer answer = new Answer()
                .text("AWSAccountId", key.location().account())
                .text("KeyId", key.id())
                .text("Arn", key.arn())
                .time("CreationDate", key.details().created())
                .flag("Enabled", key.state() == KeyState.ENABLED)
                .text("Description", key.details().labels().description())
                .text("KeyState", key.state().wireName())
                .text("Origin", key.origin().name())
                .text("KeyManager", "CUSTOMER")
                .flag("MultiRegion", scope.isMultiRegion());
        if (scope.isMultiRegion()) {
            answer.structure("MultiRegionConfiguration", multiRegionConfiguration(key));
        }
        if (key.material() instanceof KeyMaterial.Imported imported) {
            addExpiration(answer, imported);
        }
        KeyStatus status = key.details().status();
        status.deletionDate().ifPresent(date -> answer.time("DeletionDate", date));
        status.windowInDays().ifPresent(days -> answer.number("PendingDeletionWindowInDays", days));
        return addPurpose(answer, key.purpose());
    }

    private static void addExpiration(Answer answer, KeyMaterial.Imported material) {
        Instant validTo = material.validTo();
        if (validTo == null) {
            answer.text("ExpirationModel", ExpirationModel.KEY_MATERIAL_DOES_NOT_EXPIRE.name());
        } else {
            answer.text("ExpirationModel", ExpirationModel.KEY_MATERIAL_EXPIRES.name())
                    .time("ValidTo", validTo);
        }
    }

    private Answer multiRegionConfiguration(KmsKey key) {
        return new Answer()
                .text("MultiRegionKeyType", key.details().scope().name())
                .structure("PrimaryKey", multiRegionKey(regions.primary(key.id())))
                .structures(
                        "ReplicaKeys",
                        regions.replicas(key.id()).stream()
                                .map(KeyMetadata::multiRegionKey)
                                .toList());
    }

    private static Answer multiRegionKey(KmsKey key) {
        return new Answer().text("Arn", key.arn()).text("Region", key.location().region());
    }

    /** Adds the key spec, key usage and algorithms to a {@code KeyMetadata} or to an answer of {@code GetPublicKey}. */
    static Answer addPurpose(Answer answer, KeyPurpose purpose) {
        return answer.text("KeySpec", purpose.spec().name())
                .text("CustomerMasterKeySpec", purpose.spec().name())
                .text("KeyUsage", purpose.usage().name())
                .texts(purpose.usage().algorithmsMember(), purpose.algorithms());
    }
}
