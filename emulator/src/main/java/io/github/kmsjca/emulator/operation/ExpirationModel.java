package io.github.kmsjca.emulator.operation;

/** Whether imported key material expires (KMS API {@code ImportKeyMaterial}). */
enum ExpirationModel {
    KEY_MATERIAL_EXPIRES,
    KEY_MATERIAL_DOES_NOT_EXPIRE
}
