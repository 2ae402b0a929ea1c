package io.github.kmsjca.emulator.key;

/** Whether imported key material replaces other material (KMS API {@code ImportKeyMaterial}). */
public enum ImportType {
    NEW_KEY_MATERIAL,
    EXISTING_KEY_MATERIAL
}
