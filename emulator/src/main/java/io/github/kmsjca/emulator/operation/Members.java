package io.github.kmsjca.emulator.operation;

import static io.github.kmsjca.emulator.wire.Shape.Slot.required;

import io.github.kmsjca.emulator.account.KeyOrigin;
import io.github.kmsjca.emulator.algorithm.EncapsulationAlgorithm;
import io.github.kmsjca.emulator.algorithm.EncryptionAlgorithm;
import io.github.kmsjca.emulator.algorithm.KeyAgreementAlgorithm;
import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.algorithm.MacAlgorithm;
import io.github.kmsjca.emulator.algorithm.MessageType;
import io.github.kmsjca.emulator.algorithm.SigningAlgorithm;
import io.github.kmsjca.emulator.algorithm.WrappingAlgorithm;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Member;
import io.github.kmsjca.emulator.wire.Shape;
import io.github.kmsjca.emulator.wire.Type;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * The table of request members and their constraints, from the KMS API model, version 2014-11-01. Only
 * {@code WrappingAlgorithm} and {@code WrappingKeySpec} accept fewer values than in the model.
 */
final class Members {
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final Type<String> KEY_ID_TYPE = Type.text(1, 2048);
    private static final Type<String> TAG_KEY_TYPE = Type.text(1, 128);

    static final Member<String> ALIAS_NAME = new Member<>("AliasName", Type.text(1, 256, "^[a-zA-Z0-9:/_-]+$"));
    static final Member<Boolean> BYPASS_POLICY_LOCKOUT_SAFETY_CHECK =
            new Member<>("BypassPolicyLockoutSafetyCheck", Type.flag());
    static final Member<byte[]> CIPHERTEXT_BLOB = new Member<>("CiphertextBlob", Type.blob(1, 6144));
    static final Member<String> CUSTOM_KEY_STORE_ID = new Member<>("CustomKeyStoreId", Type.text(1, 64));
    static final Member<KeySpec> CUSTOMER_MASTER_KEY_SPEC =
            new Member<>("CustomerMasterKeySpec", Type.choice(KeySpec.CUSTOMER_MASTER_KEY_SPECS));
    static final Member<DataKeySpec> DATA_KEY_SPEC = new Member<>("KeySpec", Type.choice(DataKeySpec.class));
    static final Member<String> DESCRIPTION = new Member<>("Description", Type.text(0, 8192));
    static final Member<Boolean> DRY_RUN = new Member<>("DryRun", Type.flag());
    static final Member<EncapsulationAlgorithm> ENCAPSULATION_ALGORITHM =
            new Member<>("EncapsulationAlgorithm", Type.choice(EncapsulationAlgorithm.class));
    static final Member<EncryptionAlgorithm> ENCRYPTION_ALGORITHM =
            new Member<>("EncryptionAlgorithm", Type.choice(EncryptionAlgorithm.class));
    static final Member<SortedMap<String, String>> ENCRYPTION_CONTEXT = new Member<>("EncryptionContext", Type.map());
    static final Member<byte[]> ENCRYPTED_KEY_MATERIAL = new Member<>("EncryptedKeyMaterial", Type.blob(1, 6144));
    static final Member<ExpirationModel> EXPIRATION_MODEL =
            new Member<>("ExpirationModel", Type.choice(ExpirationModel.class));
    static final Member<List<String>> GRANT_TOKENS = new Member<>("GrantTokens", Type.listOf(Type.text(1, 8192), 10));
    static final Member<byte[]> IMPORT_TOKEN = new Member<>("ImportToken", Type.blob(1, 6144));
    static final Member<ImportType> IMPORT_TYPE = new Member<>("ImportType", Type.choice(ImportType.class));
    static final Member<KeyAgreementAlgorithm> KEY_AGREEMENT_ALGORITHM =
            new Member<>("KeyAgreementAlgorithm", Type.choice(KeyAgreementAlgorithm.class));
    static final Member<String> KEY_ID = new Member<>("KeyId", KEY_ID_TYPE);
    static final Member<String> KEY_MATERIAL_DESCRIPTION =
            new Member<>("KeyMaterialDescription", Type.text(0, 256, "^[a-zA-Z0-9:/_\\s.-]+$"));
    static final Member<String> KEY_MATERIAL_ID = new Member<>("KeyMaterialId", Type.text(64, 64, "^[a-f0-9]+$"));
    static final Member<KeySpec> KEY_PAIR_SPEC = new Member<>("KeyPairSpec", Type.choice(KeySpec.DATA_KEY_PAIR_SPECS));
    static final Member<KeySpec> KEY_SPEC = new Member<>("KeySpec", Type.choice(KeySpec.class));
    static final Member<KeyUsage> KEY_USAGE = new Member<>("KeyUsage", Type.choice(KeyUsage.class));
    static final Member<Integer> LIMIT = new Member<>("Limit", Type.number(1, 1000));
    static final Member<byte[]> MAC = new Member<>("Mac", Type.blob(1, 6144));
    static final Member<MacAlgorithm> MAC_ALGORITHM = new Member<>("MacAlgorithm", Type.choice(MacAlgorithm.class));
    static final Member<String> MARKER = new Member<>("Marker", Type.text(1, 1024, "[\\u0020-\\u00FF]*"));
    static final Member<byte[]> MESSAGE = new Member<>("Message", Type.blob(1, 4096));
    static final Member<MessageType> MESSAGE_TYPE = new Member<>("MessageType", Type.choice(MessageType.class));
    static final Member<Boolean> MULTI_REGION = new Member<>("MultiRegion", Type.flag());
    static final Member<Integer> NUMBER_OF_BYTES = new Member<>("NumberOfBytes", Type.number(1, 1024));
    static final Member<KeyOrigin> ORIGIN = new Member<>("Origin", Type.choice(KeyOrigin.class));
    static final Member<Integer> PENDING_WINDOW_IN_DAYS = new Member<>("PendingWindowInDays", Type.number(1, 365));
    static final Member<byte[]> PLAINTEXT = new Member<>("Plaintext", Type.blob(1, 4096));
    static final Member<String> POLICY =
            new Member<>("Policy", Type.text(1, 131072, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+"));
    static final Member<byte[]> PUBLIC_KEY = new Member<>("PublicKey", Type.blob(1, 8192));
    static final Member<String> REPLICA_REGION =
            new Member<>("ReplicaRegion", Type.text(1, 32, "^([a-z]+-){2,3}\\d+$"));
    static final Member<byte[]> SHARED_SECRET_CIPHERTEXT_BLOB =
            new Member<>("SharedSecretCiphertextBlob", Type.blob(1, 6144));
    static final Member<byte[]> SIGNATURE = new Member<>("Signature", Type.blob(1, 6144));
    static final Member<SigningAlgorithm> SIGNING_ALGORITHM =
            new Member<>("SigningAlgorithm", Type.choice(SigningAlgorithm.class));
    static final Member<String> TAG_KEY = new Member<>("TagKey", TAG_KEY_TYPE);
    static final Member<List<String>> TAG_KEYS = new Member<>("TagKeys", Type.listOf(TAG_KEY_TYPE, UNLIMITED));
    static final Member<String> TAG_VALUE = new Member<>("TagValue", Type.text(0, 256));
    static final Member<List<Input>> TAGS =
            new Member<>("Tags", Type.listOf(Shape.of(required(TAG_KEY), required(TAG_VALUE)), UNLIMITED));
    static final Member<String> TARGET_KEY_ID = new Member<>("TargetKeyId", KEY_ID_TYPE);
    static final Member<Instant> VALID_TO = new Member<>("ValidTo", Type.time());
    static final Member<WrappingAlgorithm> WRAPPING_ALGORITHM =
            new Member<>("WrappingAlgorithm", Type.choice(WrappingAlgorithm.class));
    static final Member<KeySpec> WRAPPING_KEY_SPEC = new Member<>("WrappingKeySpec", Type.choice(KeySpec.RSA));
    static final Member<String> XKS_KEY_ID = new Member<>("XksKeyId", Type.text(1, 128, "^[a-zA-Z0-9-_.]+$"));

    private Members() {}

    /** Whether the key had the imported key material before (KMS API {@code ImportKeyMaterial}). */
    enum ImportType {
        NEW_KEY_MATERIAL,
        EXISTING_KEY_MATERIAL
    }
}
