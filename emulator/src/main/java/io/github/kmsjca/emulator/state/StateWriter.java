package io.github.kmsjca.emulator.state;

import io.github.kmsjca.emulator.key.AccountState;
import io.github.kmsjca.emulator.key.Alias;
import io.github.kmsjca.emulator.key.EncodedMaterial;
import io.github.kmsjca.emulator.key.KeyDetails;
import io.github.kmsjca.emulator.key.KmsKey;
import io.github.kmsjca.emulator.wire.Answer;

/** Turns a state into the bytes of a state file. */
final class StateWriter {
    private StateWriter() {}

    static byte[] write(AccountState state, String region) {
        return new Answer()
                .text(StateFormat.FORMAT.name(), StateFormat.VERSION_1)
                .text(StateFormat.REGION.name(), region)
                .structures(
                        StateFormat.KEYS.name(),
                        state.keys().stream().map(StateWriter::key).toList())
                .structures(
                        StateFormat.ALIASES.name(),
                        state.aliases().stream().map(StateWriter::alias).toList())
                .toJson();
    }

    private static Answer key(KmsKey key) {
        KeyDetails details = key.details();
        EncodedMaterial material = key.material().encoded();
        Answer answer = new Answer()
                .text(StateFormat.ARN.name(), key.arn())
                .text(StateFormat.SPEC.name(), key.spec().name())
                .text(StateFormat.USAGE.name(), key.purpose().usage().name())
                .text(StateFormat.STATE.name(), key.state().name())
                .text(StateFormat.CREATED.name(), details.created().toString())
                .text(StateFormat.DESCRIPTION.name(), details.description())
                .structures(
                        StateFormat.TAGS.name(),
                        details.tags().entrySet().stream()
                                .map(tag -> new Answer()
                                        .text(StateFormat.TAG_KEY.name(), tag.getKey())
                                        .text(StateFormat.TAG_VALUE.name(), tag.getValue()))
                                .toList())
                .bytes(StateFormat.SECRET.name(), material.secret());
        material.publicKey().ifPresent(publicKey -> answer.bytes(StateFormat.PUBLIC_KEY.name(), publicKey));
        details.status()
                .deletionDate()
                .ifPresent(date -> answer.text(StateFormat.DELETION_DATE.name(), date.toString()));
        return answer;
    }

    private static Answer alias(Alias alias) {
        return new Answer()
                .text(StateFormat.NAME.name(), alias.name())
                .text(StateFormat.TARGET_KEY_ID.name(), alias.targetKeyId())
                .text(StateFormat.CREATED.name(), alias.created().toString())
                .text(StateFormat.UPDATED.name(), alias.updated().toString());
    }
}
