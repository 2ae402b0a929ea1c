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
            throw new IllegalArgumentException("the id of a multi-Region key begins with " + MULTI_REGION_PREFIX
                    + "; no other id does; the scope of this key is " + details.scope());
        }
        KeyState state = details.status().state();
        boolean mustBeMissing = state == KeyState.PENDING_IMPORT;
        if (!state.isPendingDeletion() && isMissing(material) != mustBeMissing) {
            throw new IllegalArgumentException(
                    "a key has key material in the states Enabled and Disabled, and none in the state PendingImport;"
                            + " this key has " + (mustBeMissing ? "key material" : "none") + " in the state "
                            + state.wireName());
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

    /** Returns the status after the deletion is cancelled: pending import if key material is missing, else disabled. */
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
     * Returns this key with imported key material. A key without material becomes enabled. Any other key keeps its
     * status.
     *
     * @param validTo when the material expires, or null if it does not
     * @throws ServiceException of type {@code IncorrectKeyMaterialException} if the key has or had other material, or
     *     {@code KMSInvalidStateException} if the deletion of the key is pending
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

    /**
     * Returns this key without its key material. The key is then pending import, unless its deletion is pending. The
     * owner can import the same material again, but no other material.
     */
    public KmsKey withoutMaterial() {
        KeyStatus status = state().isPendingDeletion() ? details.status() : KeyStatus.pendingImport();
        KeyMaterial missing = new KeyMaterial.MissingMaterial(material.fingerprint());
        return new KmsKey(arn, purpose, missing, details.withStatus(status));
    }

    /**
     * Checks that the state is Enabled, as cryptographic operations require.
     *
     * @throws ServiceException of type {@code DisabledException} or {@code KMSInvalidStateException}
     */
    public void requireEnabled() {
        if (state() == KeyState.DISABLED) {
            throw ErrorType.DISABLED.with(arn + " is disabled.");
        }
        requireEnabledOrDisabled();
    }

    /**
     * Checks that the state is Enabled or Disabled.
     *
     * @throws ServiceException of type {@code KMSInvalidStateException} if the import of key material or the deletion
     *     of the key is pending
     */
    public void requireEnabledOrDisabled() {
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
     * Checks that the deletion of the key is not pending.
     *
     * @throws ServiceException of type {@code KMSInvalidStateException} if it is pending
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
     * @throws ServiceException of type {@code InvalidKeyUsageException} if the key has another usage
     */
    public void requireUsage(KeyUsage usage, String operation) {
        if (purpose.usage() != usage) {
            throw ErrorType.INVALID_KEY_USAGE.with(
                    arn + " key usage is " + purpose.usage() + " which is not valid for " + operation + ".");
        }
    }
}
