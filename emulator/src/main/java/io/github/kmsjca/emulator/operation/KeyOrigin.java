package io.github.kmsjca.emulator.operation;

/** The sources of key material that the emulator knows. */
enum KeyOrigin {
    AWS_KMS
}
