package io.github.kmsjca.emulator.state;

import static io.github.kmsjca.emulator.wire.Shape.Slot.optional;
import static io.github.kmsjca.emulator.wire.Shape.Slot.required;

import io.github.kmsjca.emulator.account.KeyOrigin;
import io.github.kmsjca.emulator.account.KeyScope;
import io.github.kmsjca.emulator.account.KeyState;
import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.algorithm.KeyUsage;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Member;
import io.github.kmsjca.emulator.wire.Shape;
import io.github.kmsjca.emulator.wire.Type;
import java.util.List;

/**
 * The members of a state file. The first member is the version of the format. A change that makes an older emulator
 * misread the file needs a new version.
 */
final class StateFormat {
    /** The version of files with a single Region. The emulator reads such files, but does not write them. */
    static final String VERSION_1 = "kms-jca-emulator 1";

    /** The version of files with a list of Regions. The emulator writes such files. */
    static final String VERSION_2 = "kms-jca-emulator 2";

    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final Type<String> TEXT = Type.text(0, UNLIMITED);
    private static final Type<byte[]> BYTES = Type.blob(1, UNLIMITED);

    // of keys and aliases
    static final Member<String> CREATED = new Member<>("Created", TEXT);

    // of tags
    static final Member<String> TAG_KEY = new Member<>("Key", TEXT);
    static final Member<String> TAG_VALUE = new Member<>("Value", TEXT);

    // of keys
    static final Member<String> ARN = new Member<>("Arn", TEXT);
    static final Member<String> DELETION_DATE = new Member<>("DeletionDate", TEXT);
    static final Member<String> DESCRIPTION = new Member<>("Description", TEXT);
    static final Member<String> MATERIAL_FINGERPRINT = new Member<>("MaterialFingerprint", TEXT);
    static final Member<KeyOrigin> ORIGIN = new Member<>("Origin", Type.choice(KeyOrigin.class));
    static final Member<byte[]> PUBLIC_KEY = new Member<>("PublicKey", BYTES);
    static final Member<byte[]> SECRET = new Member<>("Secret", BYTES);
    static final Member<KeyScope> SCOPE = new Member<>("Scope", Type.choice(KeyScope.class));
    static final Member<KeySpec> SPEC = new Member<>("KeySpec", Type.choice(KeySpec.class));
    static final Member<KeyState> STATE = new Member<>("KeyState", Type.choice(KeyState.class));
    static final Member<List<Input>> TAGS =
            new Member<>("Tags", Type.listOf(Shape.of(required(TAG_KEY), required(TAG_VALUE)), UNLIMITED));
    static final Member<KeyUsage> USAGE = new Member<>("KeyUsage", Type.choice(KeyUsage.class));
    static final Member<String> VALID_TO = new Member<>("ValidTo", TEXT);
    static final Member<Integer> WINDOW_IN_DAYS =
            new Member<>("PendingDeletionWindowInDays", Type.number(1, UNLIMITED));

    // of aliases
    static final Member<String> NAME = new Member<>("Name", TEXT);
    static final Member<String> TARGET_KEY_ID = new Member<>("TargetKeyId", TEXT);
    static final Member<String> UPDATED = new Member<>("Updated", TEXT);

    // of a Region, and of the whole file
    static final Member<String> FORMAT = new Member<>("Format", TEXT);
    static final Member<String> REGION = new Member<>("Region", TEXT);
    static final Member<List<Input>> KEYS = new Member<>(
            "Keys",
            Type.listOf(
                    Shape.of(
                            required(ARN),
                            required(SPEC),
                            required(USAGE),
                            required(STATE),
                            optional(DELETION_DATE),
                            optional(WINDOW_IN_DAYS),
                            optional(SCOPE),
                            required(CREATED),
                            required(DESCRIPTION),
                            required(TAGS),
                            optional(ORIGIN),
                            optional(VALID_TO),
                            optional(MATERIAL_FINGERPRINT),
                            optional(SECRET),
                            optional(PUBLIC_KEY)),
                    UNLIMITED));
    static final Member<List<Input>> ALIASES = new Member<>(
            "Aliases",
            Type.listOf(
                    Shape.of(required(NAME), required(TARGET_KEY_ID), required(CREATED), required(UPDATED)),
                    UNLIMITED));

    static final Shape FILE_OF_VERSION_1 =
            Shape.of(required(FORMAT), required(REGION), required(KEYS), required(ALIASES));

    static final Member<List<Input>> REGIONS = new Member<>(
            "Regions", Type.listOf(Shape.of(required(REGION), required(KEYS), required(ALIASES)), UNLIMITED));
    static final Shape FILE_OF_VERSION_2 = Shape.of(required(FORMAT), required(REGIONS));

    private StateFormat() {}
}
