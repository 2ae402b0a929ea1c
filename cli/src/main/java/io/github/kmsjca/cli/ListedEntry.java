package io.github.kmsjca.cli;

import io.github.kmsjca.cli.TextTable.Cell;
import io.github.kmsjca.internal.client.KeyDescription;
import io.github.kmsjca.internal.config.KeyId;
import io.github.kmsjca.key.KmsKey;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;

/**
 * What {@code list} knows about an entry.
 *
 * @param key the key; null if the entry has none, or nothing is known about it
 * @param certificate the certificate of the entry; null if there is none, or it is not known
 * @param error why the key cannot be used; null if it can, if {@link Key#state} says why, or if KMS was not asked
 */
record ListedEntry(
        String alias,
        @Nullable Key key,
        @Nullable X509Certificate certificate,
        @Nullable String error) {

    private static final String NOTHING = "-";
    private static final String[] SHORT = {"ALIAS", "CERTIFICATE", "VALID UNTIL"};
    private static final String[] LONG = {
        "ALIAS", "KEY SPEC", "KEY USAGE", "KEY STATE", "KEY", "CERTIFICATE", "VALID UNTIL"
    };

    /**
     * A key.
     *
     * @param spec empty if it is not known
     * @param usage empty if it is not known
     * @param state empty if it is not known
     * @param id the key ARN, or the identifier from a keystore file
     * @param isUsable whether KMS allows the use of the key in this state; true if the state is not known
     */
    record Key(Optional<String> spec, Optional<String> usage, Optional<String> state, String id, boolean isUsable) {
        static Key of(KeyDescription found) {
            return new Key(
                    Optional.of(found.keySpec()),
                    Optional.of(found.keyUsage()),
                    Optional.of(found.keyState()),
                    found.arn().text(),
                    found.isUsable());
        }

        /** Returns a key whose state is not known. */
        static Key of(KmsKey key) {
            return new Key(Optional.of(key.keySpec()), key.keyUsage(), Optional.empty(), key.keyId(), true);
        }

        /** Returns a key of which only the identifier is known. */
        static Key of(KeyId id) {
            return new Key(Optional.empty(), Optional.empty(), Optional.empty(), id.text(), true);
        }

        private Stream<Cell> cells() {
            return Stream.of(
                    plain(spec.orElse(NOTHING)),
                    plain(usage.orElse(NOTHING)),
                    new Cell(state.orElse(NOTHING), isUsable ? Style.PLAIN : Style.BAD),
                    plain(id));
        }
    }

    static TextTable table(boolean isLong) {
        return new TextTable(Stream.of(isLong ? LONG : SHORT));
    }

    /** Returns the row of a table. An error takes the place of the certificate. */
    List<Cell> row(boolean isLong, Instant now) {
        List<Cell> cells = new ArrayList<>(List.of(plain(alias)));
        if (isLong) {
            (key == null ? Stream.of(NOTHING, NOTHING, NOTHING, NOTHING).map(ListedEntry::plain) : key.cells())
                    .forEach(cells::add);
        }
        if (error != null) {
            cells.add(new Cell(error, Style.BAD));
        } else if (certificate != null) {
            Instant end = certificate.getNotAfter().toInstant();
            cells.add(plain(certificate.getSubjectX500Principal().toString()));
            cells.add(new Cell(end.toString(), end.isBefore(now) ? Style.BAD : Style.PLAIN));
        } else {
            cells.addAll(List.of(plain(NOTHING), plain(NOTHING)));
        }
        return cells;
    }

    private static Cell plain(String text) {
        return new Cell(text, Style.PLAIN);
    }

    /** Writes the entry as an object. Members that are not known are left out. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("alias", alias);
        if (key != null) {
            json.writeStringField("keyId", key.id);
            JsonText.writeOptional(json, "keySpec", key.spec);
            JsonText.writeOptional(json, "keyUsage", key.usage);
            JsonText.writeOptional(json, "keyState", key.state);
        }
        if (certificate != null) {
            json.writeObjectFieldStart("certificate");
            json.writeStringField(
                    "subject", certificate.getSubjectX500Principal().toString());
            json.writeStringField(
                    "notBefore", certificate.getNotBefore().toInstant().toString());
            json.writeStringField(
                    "notAfter", certificate.getNotAfter().toInstant().toString());
            json.writeEndObject();
        }
        JsonText.writeOptional(json, "error", Optional.ofNullable(error));
        json.writeEndObject();
    }
}
