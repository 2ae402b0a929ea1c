package io.github.kmsjca.emulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kmsjca.emulator.account.AccountState;
import io.github.kmsjca.emulator.account.KeyScope;
import io.github.kmsjca.emulator.account.KmsKey;
import io.github.kmsjca.emulator.account.Location;
import io.github.kmsjca.emulator.wire.Input;
import io.github.kmsjca.emulator.wire.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the content of a state file. */
final class StateReader {
    /** The maximum length of a format in an error text, in characters. */
    private static final int LONGEST_QUOTE = 100;

    private final Collection<Location> locations;

    StateReader(Collection<Location> locations) {
        this.locations = locations;
    }

    /**
     * Returns the saved state of each Region in the document.
     *
     * @throws IOException if the document is not JSON
     * @throws io.github.kmsjca.emulator.wire.ServiceException if members are missing, unknown or malformed
     * @throws IllegalArgumentException if the document is empty or has an unknown format, a value is invalid or
     *     contradicts another value, the document has two entries of the same Region, key, alias or tag, or it has a
     *     Region that the emulator does not serve
     */
    Map<String, AccountState> read(byte[] document) throws IOException {
        if (document.length == 0) {
            throw new IllegalArgumentException("the file is empty; delete it to start without keys, or restore it");
        }
        Map<String, AccountState> states = new LinkedHashMap<>();
        List<Input> regions = regions(Json.parse(document));
        RegionReader.requireDistinct("Region", regions.stream().map(region -> region.get(StateFormat.REGION)));
        for (Input region : regions) {
            Location location = location(region.get(StateFormat.REGION));
            states.put(location.region(), new RegionReader(location).read(region));
        }
        List<KmsKey> keys =
                states.values().stream().flatMap(state -> state.keys().stream()).toList();
        keys.forEach(key -> requireOnePrimary(key, keys));
        return states;
    }

    private static List<Input> regions(JsonNode file) {
        JsonNode format = file.path(StateFormat.FORMAT.name());
        if (format.asText().equals(StateFormat.VERSION_1)) {
            return List.of(StateFormat.FILE_OF_VERSION_1.read(file));
        }
        if (format.isTextual() && !format.asText().equals(StateFormat.VERSION_2)) {
            throw new IllegalArgumentException("this emulator cannot read the format '" + shortened(format.asText())
                    + "'; use the version of the emulator that wrote the file, or name another file");
        }
        return StateFormat.FILE_OF_VERSION_2.read(file).get(StateFormat.REGIONS);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    private Location location(String region) {
        return locations.stream()
                .filter(location -> location.region().equals(region))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the file has the Region " + region
                        + ", but the emulator serves " + regionNames()
                        + "; start the emulator with all Regions of the file"));
    }

    private String regionNames() {
        return String.join(", ", locations.stream().map(Location::region).toList());
    }

    /** Checks that exactly one of the multi-Region keys with the same id is the primary key. */
    private static void requireOnePrimary(KmsKey key, List<KmsKey> keys) {
        long primaries = keys.stream()
                .filter(other -> other.id().equals(key.id()))
                .filter(other -> other.details().scope() == KeyScope.PRIMARY)
                .count();
        if (key.details().scope().isMultiRegion() && primaries != 1) {
            throw new IllegalArgumentException("key " + key.arn()
                    + ": of the keys with this id, exactly one must have the Scope PRIMARY; " + primaries + " have it");
        }
    }
}
