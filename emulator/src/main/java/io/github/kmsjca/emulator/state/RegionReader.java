package io.github.kmsjca.emulator.state;

import io.github.kmsjca.emulator.account.AccountState;
import io.github.kmsjca.emulator.account.Alias;
import io.github.kmsjca.emulator.account.KeyDetails;
import io.github.kmsjca.emulator.account.KeyLabels;
import io.github.kmsjca.emulator.account.KeyOrigin;
import io.github.kmsjca.emulator.account.KeyScope;
import io.github.kmsjca.emulator.account.KeyStatus;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.account.Location;
import io.github.kmsjca.emulator.algorithm.KeyPurpose;
import io.github.kmsjca.emulator.algorithm.KeySpec;
import io.github.kmsjca.emulator.material.EncodedMaterial;
import io.github.kmsjca.emulator.material.KeyMaterial;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Member;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the part of a state file that contains the keys and aliases of one Region. */
final class RegionReader {
    private final Location location;

    RegionReader(Location location) {
        this.location = location;
    }

    /**
     * Reads the state of the Region.
     *
     * @throws IllegalArgumentException if a value is invalid or contradicts another value, or there are two entries of
     *     the same key, alias or tag
     */
    AccountState read(Input region) {
        List<KmsKey> keys = region.get(StateFormat.KEYS).stream().map(this::key).toList();
        requireDistinct("key", keys.stream().map(KmsKey::arn));
        Set<String> ids = keys.stream().map(KmsKey::id).collect(Collectors.toSet());
        List<Alias> aliases = region.get(StateFormat.ALIASES).stream()
                .map(alias -> alias(alias, ids))
                .toList();
        requireDistinct("alias", aliases.stream().map(alias -> location.aliasArn(alias.name())));
        return new AccountState(keys, aliases);
    }

    private KmsKey key(Input entry) {
        String arn = entry.get(StateFormat.ARN);
        try {
            requireOwnRegion(arn);
            KeyPurpose purpose = new KeyPurpose(entry.get(StateFormat.SPEC), entry.get(StateFormat.USAGE));
            return new KmsKey(arn, purpose, material(entry, purpose.spec()), details(entry));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("key " + arn + ": " + e.getMessage(), e);
        }
    }

    private static KeyMaterial material(Input entry, KeySpec spec) {
        Optional<byte[]> secret = entry.find(StateFormat.SECRET);
        if (secret.isEmpty()) {
            return new KeyMaterial.MissingMaterial(entry.find(StateFormat.MATERIAL_FINGERPRINT));
        }
        KeyMaterial material = restored(entry, secret.get(), spec);
        return entry.find(StateFormat.ORIGIN).orElse(KeyOrigin.AWS_KMS) == KeyOrigin.EXTERNAL
                ? new KeyMaterial.Imported(
                        material,
                        entry.find(StateFormat.VALID_TO)
                                .map(text -> time(StateFormat.VALID_TO, text))
                                .orElse(null))
                : material;
    }

    private static KeyMaterial restored(Input entry, byte[] secret, KeySpec spec) {
        try {
            return spec.restore(new EncodedMaterial(secret, entry.find(StateFormat.PUBLIC_KEY)));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the Secret or the PublicKey is not a key of spec " + spec.name() + " (" + e.getMessage()
                            + "); restore the file, or delete the key",
                    e);
        }
    }

    private static Instant time(Member<String> member, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "the " + member.name() + " '" + text + "' is not a time such as 2026-11-28T09:00:00Z", e);
        }
    }

    private void requireOwnRegion(String arn) {
        if (!arn.equals(location.keyArn(arn.substring(arn.lastIndexOf('/') + 1)))) {
            throw new IllegalArgumentException("this is not the ARN of a key in the account " + location.account()
                    + " and the Region " + location.region());
        }
    }

    private static KeyDetails details(Input entry) {
        List<Input> pairs = entry.get(StateFormat.TAGS);
        requireDistinct("tag", pairs.stream().map(tag -> tag.get(StateFormat.TAG_KEY)));
        NavigableMap<String, String> tags = new TreeMap<>();
        pairs.forEach(tag -> tags.put(tag.get(StateFormat.TAG_KEY), tag.get(StateFormat.TAG_VALUE)));
        KeyStatus status = new KeyStatus(
                entry.get(StateFormat.STATE),
                entry.find(StateFormat.DELETION_DATE).map(text -> time(StateFormat.DELETION_DATE, text)),
                entry.find(StateFormat.WINDOW_IN_DAYS));
        return new KeyDetails(
                time(StateFormat.CREATED, entry.get(StateFormat.CREATED)),
                entry.find(StateFormat.SCOPE).orElse(KeyScope.SINGLE_REGION),
                new KeyLabels(entry.get(StateFormat.DESCRIPTION), tags),
                status);
    }

    /**
     * Checks that no name occurs twice. Otherwise the last entry would replace the others, and the next save would drop
     * them.
     */
    static void requireDistinct(String kind, Stream<String> names) {
        Set<String> found = new HashSet<>();
        names.forEach(name -> {
            if (!found.add(name)) {
                throw new IllegalArgumentException(
                        "the file has two entries for the " + kind + ' ' + name + "; delete one of them");
            }
        });
    }

    private Alias alias(Input entry, Set<String> keyIds) {
        String name = entry.get(StateFormat.NAME);
        String target = entry.get(StateFormat.TARGET_KEY_ID);
        if (!keyIds.contains(target)) {
            throw new IllegalArgumentException("alias " + name + ": the file has no key " + target + " in the Region "
                    + location.region() + "; correct the TargetKeyId, or delete the alias");
        }
        try {
            Instant created = time(StateFormat.CREATED, entry.get(StateFormat.CREATED));
            return new Alias(name, target, created, time(StateFormat.UPDATED, entry.get(StateFormat.UPDATED)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("alias " + name + ": " + e.getMessage(), e);
        }
    }
}
