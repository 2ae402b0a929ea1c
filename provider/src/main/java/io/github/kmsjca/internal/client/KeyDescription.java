package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.config.KeyId;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * The description of a key (KMS API {@code DescribeKey}).
 *
 * @param arn the key ARN, even if the request used another identifier
 * @param keySpec the key spec as KMS spells it
 * @param keyUsage the key usage as KMS spells it
 * @param keyState the key state as KMS spells it
 */
public record KeyDescription(KeyId arn, String keySpec, String keyUsage, String keyState) {
    /** Returns whether the key can be used in this state (KMS Developer Guide, "Key states of AWS KMS keys"). */
    public boolean isUsable() {
        KeyState state = KeyState.fromValue(keyState);
        return state == KeyState.ENABLED || state == KeyState.UPDATING;
    }

    /** Returns advice on how to make a key in this state usable again. */
    public String remedy() {
        return switch (KeyState.fromValue(keyState)) {
            case DISABLED -> "enable it with 'aws kms enable-key'";
            case PENDING_DELETION, PENDING_REPLICA_DELETION ->
                "if you still need it, run 'aws kms cancel-key-deletion', then 'aws kms enable-key'";
            case PENDING_IMPORT -> "import its key material with 'aws kms import-key-material'";
            case CREATING -> "it will be ready shortly";
            default -> "see 'Key states of AWS KMS keys' in the KMS Developer Guide";
        };
    }
}
