package io.github.kmsjca.emulator.key;

/** Whether imported key material has an end (KMS API {@code ImportKeyMaterial}). */
public enum ExpirationModel {
    KEY_MATERIAL_EXPIRES,
    KEY_MATERIAL_DOES_NOT_EXPIRE
}
