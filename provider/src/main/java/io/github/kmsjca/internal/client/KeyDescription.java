package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.algorithm.KeyUsage;
import io.github.kmsjca.internal.config.KeyId;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * What KMS tells of a key (KMS API {@code DescribeKey}).
 *
 * @param arn the key ARN, whatever the key was asked by
 * @param keySpec the key spec as the service spells it
 * @param keyUsage the key usage as the service spells it
 * @param keyState the key state as the service spells it
 */
public record KeyDescription(KeyId arn, String keySpec, String keyUsage, String keyState) {
    /** Returns whether the state lets the key sign (KMS Developer Guide, "Key states of AWS KMS keys"). */
    public boolean isInUse() {
        KeyState state = KeyState.fromValue(keyState);
        return state == KeyState.ENABLED || state == KeyState.UPDATING;
    }

    /** Returns whether the key is for signatures. */
    public boolean canSign() {
        return keyUsage.equals(KeyUsage.SIGN_VERIFY.name());
    }

    /** Returns what brings the key into use again, by its state. */
    public String remedy() {
        return switch (KeyState.fromValue(keyState)) {
            case DISABLED -> "enable it with 'aws kms enable-key'";
            case PENDING_DELETION, PENDING_REPLICA_DELETION ->
                "if it is still wanted, 'aws kms cancel-key-deletion', then 'aws kms enable-key'";
            case PENDING_IMPORT -> "import its key material with 'aws kms import-key-material'";
            case CREATING -> "it will be ready shortly";
            default -> "see 'Key states of AWS KMS keys' in the KMS Developer Guide";
        };
    }
}
