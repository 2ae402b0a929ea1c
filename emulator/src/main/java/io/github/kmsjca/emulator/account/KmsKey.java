package io.github.kmsjca.emulator.account;

import io.github.kmsjca.emulator.algorithm.KeyPurpose;
import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.ErrorType;
import io.github.kmsjca.emulator.wire.ServiceException;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key at one moment. Immutable: each change returns a new key. */
public record KmsKey(String arn, KeyPurpose purpose, KeyMaterial material, KeyDetails details) {
    private static final String MULTI_REGION_PREFIX = "mrk-";

    /**
     * Checks that the form of the key id matches the scope. Also checks that key material is missing in the state
     * PendingImport, and present in the states Enabled and Disabled. If deletion is pending, both are possible.
     *
     * @throws IllegalArgumentException if a check fails
     */
    public KmsKey {
        if (id(arn).startsWith(MULTI_REGION_PREFIX) != details.scope().isMultiRegion()) {
            throw new IllegalArgumentException(
                    "the id of a multi-Region key begins with " + MULTI_REGION_PREFIX + "; no other id does");
        }
        KeyState state = details.status().state();
        boolean mustBeMissing = state == KeyState.PENDING_IMPORT;
        if (!state.isPendingDeletion() && isMissing(material) != mustBeMissing) {
            throw new IllegalArgumentException(
                    "a key has key material in the states Enabled and Disabled, and none in the state PendingImport");
        }
    }

    static String newId(KeyScope scope) {
        String id = UUID.randomUUID().toString();
        return scope.isMultiRegion() ? MULTI_REGION_PREFIX + id.replace("-", "") : id;
    }

    private static boolean isMissing(KeyMaterial material) {
        return material instanceof KeyMaterial.MissingMaterial;
    }

    private static String id(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** Returns the key id, which is the end of the ARN. */
    public String id() {
        return id(arn);
    }

    /** Returns the account and Region of the key. */
    public Location location() {
        return Location.of(arn);
    }

    /** Returns the source of the key material. */
    public KeyOrigin origin() {
        boolean external = isMissing(material) || material instanceof KeyMaterial.Imported;
        return external ? KeyOrigin.EXTERNAL : KeyOrigin.AWS_KMS;
    }

    /** Returns the time at which the key material expires, or empty if it does not expire. */
    Optional<Instant> materialExpiry() {
        return material instanceof KeyMaterial.Imported imported
                ? Optional.ofNullable(imported.validTo())
                : Optional.empty();
    }

    /** Returns the status that the key gets when its deletion is cancelled. */
    public KeyStatus statusAfterCancellation() {
        return isMissing(material) ? KeyStatus.pendingImport() : KeyStatus.disabled();
    }

    /** Returns the key spec. */
    public KeySpec spec() {
        return purpose.spec();
    }

    /** Returns the key state. */
    public KeyState state() {
        return details.status().state();
    }

    /** Returns this key with another status. */
    public KmsKey withStatus(KeyStatus status) {
        return new KmsKey(arn, purpose, material, details.withStatus(status));
    }

    /** Returns this key with other tags. */
    public KmsKey withTags(NavigableMap<String, String> tags) {
        return new KmsKey(arn, purpose, material, details.withTags(tags));
    }

    /**
     * Returns this key with imported key material. If the key had no material, the returned key is enabled.
     *
     * @param validTo when the material expires, or null if it does not
     * @throws ServiceException of type {@code IncorrectKeyMaterialException} if the key had other material before, or
     *     {@code KMSInvalidStateException} if the key's deletion is pending
     */
    public KmsKey withImported(KeyMaterial imported, @Nullable Instant validTo) {
        requireNotPendingDeletion();
        Optional<String> before = material.fingerprint();
        if (before.isPresent() && !before.equals(imported.fingerprint())) {
            throw ErrorType.INCORRECT_KEY_MATERIAL.withoutMessage();
        }
        KeyStatus status = isMissing(material) ? KeyStatus.enabled() : details.status();
        return new KmsKey(arn, purpose, new KeyMaterial.Imported(imported, validTo), details.withStatus(status));
    }

    /** Returns this key without its key material. The owner can import the same material again. */
    public KmsKey withoutMaterial() {
        KeyStatus status = state().isPendingDeletion() ? details.status() : KeyStatus.pendingImport();
        KeyMaterial missing = new KeyMaterial.MissingMaterial(material.fingerprint());
        return new KmsKey(arn, purpose, missing, details.withStatus(status));
    }

    /**
     * Checks that the state allows cryptographic operations.
     *
     * @throws ServiceException of type {@code DisabledException} or {@code KMSInvalidStateException}
     */
    public void requireEnabled() {
        if (state() == KeyState.DISABLED) {
            throw ErrorType.DISABLED.with(arn + " is disabled.");
        }
        requireMaterial();
    }

    /**
     * Checks that the key has key material and will not be deleted.
     *
     * @throws ServiceException of type {@code KMSInvalidStateException} if the material is missing or deletion is
     *     pending
     */
    public void requireMaterial() {
        requireNotPendingDeletion();
        if (state() == KeyState.PENDING_IMPORT) {
            throw ErrorType.KMS_INVALID_STATE.with(arn + " is pending import.");
        }
    }

    /**
     * Checks that the origin of the key is {@code EXTERNAL}, which means that the owner imports the key material.
     *
     * @throws ServiceException of type {@code UnsupportedOperationException} if KMS generated the key material
     */
    public void requireExternalOrigin() {
        if (origin() != KeyOrigin.EXTERNAL) {
            throw ErrorType.UNSUPPORTED_OPERATION.with(
                    arn + " origin is " + origin() + " which is not valid for this operation.");
        }
    }

    /**
     * Checks that the key can be changed.
     *
     * @throws ServiceException of type {@code KMSInvalidStateException} if deletion is pending
     */
    public void requireNotPendingDeletion() {
        if (state().isPendingDeletion()) {
            throw ErrorType.KMS_INVALID_STATE.with(arn + " is pending deletion.");
        }
    }

    /**
     * Checks that the deletion of the key is pending.
     *
     * @throws ServiceException of type {@code KMSInvalidStateException} if deletion is not pending
     */
    public void requirePendingDeletion() {
        if (!state().isPendingDeletion()) {
            throw ErrorType.KMS_INVALID_STATE.with(arn + " is not pending deletion.");
        }
    }

    /**
     * Checks that the key has the usage that an operation needs.
     *
     * @throws ServiceException of type {@code InvalidKeyUsageException} if it has another usage
     */
    public void requireUsage(KeyUsage usage, String operation) {
        if (purpose.usage() != usage) {
            throw ErrorType.INVALID_KEY_USAGE.with(
                    arn + " key usage is " + purpose.usage() + " which is not valid for " + operation + ".");
        }
    }
}
