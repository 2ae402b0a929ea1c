package io.github.kmsjca.emulator.state;

import io.github.kmsjca.emulator.account.AccountState;
import io.github.kmsjca.emulator.account.Alias;
import io.github.kmsjca.emulator.account.KeyDetails;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.material.EncodedMaterial;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.Answer;
import java.time.Instant;
import java.util.Map;

/** Writes the content of a state file. */
final class StateWriter {
    private StateWriter() {}

    static byte[] write(Map<String, AccountState> states) {
        return new Answer()
                .text(StateFormat.FORMAT.name(), StateFormat.VERSION_2)
                .structures(
                        StateFormat.REGIONS.name(),
                        states.entrySet().stream()
                                .map(entry -> region(entry.getKey(), entry.getValue()))
                                .toList())
                .toJson();
    }

    private static Answer region(String name, AccountState state) {
        return new Answer()
                .text(StateFormat.REGION.name(), name)
                .structures(
                        StateFormat.KEYS.name(),
                        state.keys().stream().map(StateWriter::key).toList())
                .structures(
                        StateFormat.ALIASES.name(),
                        state.aliases().stream().map(StateWriter::alias).toList());
    }

    private static Answer key(KmsKey key) {
        KeyDetails details = key.details();
        Answer answer = new Answer()
                .text(StateFormat.ARN.name(), key.arn())
                .text(StateFormat.SPEC.name(), key.spec().name())
                .text(StateFormat.USAGE.name(), key.purpose().usage().name())
                .text(StateFormat.STATE.name(), key.state().name())
                .text(StateFormat.SCOPE.name(), details.scope().name())
                .text(StateFormat.CREATED.name(), details.created().toString())
                .text(StateFormat.DESCRIPTION.name(), details.labels().description())
                .structures(
                        StateFormat.TAGS.name(),
                        details.labels().tags().entrySet().stream()
                                .map(tag -> new Answer()
                                        .text(StateFormat.TAG_KEY.name(), tag.getKey())
                                        .text(StateFormat.TAG_VALUE.name(), tag.getValue()))
                                .toList());
        addImport(key, answer);
        key.material().encoded().ifPresent(material -> addMaterial(material, answer));
        details.status()
                .deletionDate()
                .ifPresent(date -> answer.text(StateFormat.DELETION_DATE.name(), date.toString()));
        details.status().windowInDays().ifPresent(days -> answer.number(StateFormat.WINDOW_IN_DAYS.name(), days));
        return answer;
    }

    /**
     * Adds the members about an import, but only to a key with imported or missing key material. So an older emulator,
     * which does not know these members, can read a file that has generated key material only.
     */
    private static void addImport(KmsKey key, Answer answer) {
        if (key.material() instanceof KeyMaterial.Imported imported) {
            answer.text(StateFormat.ORIGIN.name(), key.origin().name());
            Instant expiry = imported.validTo();
            if (expiry != null) {
                answer.text(StateFormat.VALID_TO.name(), expiry.toString());
            }
        }
        if (key.material() instanceof KeyMaterial.MissingMaterial missing) {
            missing.fingerprint()
                    .ifPresent(fingerprint -> answer.text(StateFormat.MATERIAL_FINGERPRINT.name(), fingerprint));
        }
    }

    private static void addMaterial(EncodedMaterial material, Answer answer) {
        answer.bytes(StateFormat.SECRET.name(), material.secret());
        material.publicKey().ifPresent(publicKey -> answer.bytes(StateFormat.PUBLIC_KEY.name(), publicKey));
    }

    private static Answer alias(Alias alias) {
        return new Answer()
                .text(StateFormat.NAME.name(), alias.name())
                .text(StateFormat.TARGET_KEY_ID.name(), alias.targetKeyId())
                .text(StateFormat.CREATED.name(), alias.created().toString())
                .text(StateFormat.UPDATED.name(), alias.updated().toString());
    }
}
