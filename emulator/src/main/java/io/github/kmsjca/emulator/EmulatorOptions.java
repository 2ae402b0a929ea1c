package io.github.kmsjca.emulator;

import io.github.kmsjca.emulator.server.Credentials;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The options that an emulator starts with.
 *
 * @param host the address to listen on
 * @param port the port to listen on, or 0 for any free port
 * @param regions the Regions that the emulator serves, the default Region first; a request goes to the Region that its
 *     signature names
 * @param state the state file, which keeps keys, aliases and tags between runs; without a state file, they are lost
 *     when the emulator closes
 * @param clock the clock for the dates of keys and aliases, for what has expired, and for checking the age of signed
 *     requests
 * @param credentials the credentials that every request must be signed with; if empty, the emulator accepts any
 *     credentials
 */
public record EmulatorOptions(
        String host,
        int port,
        List<String> regions,
        Optional<Path> state,
        Clock clock,
        Optional<Credentials> credentials) {

    /**
     * Removes duplicate Regions, and checks that there is at least one Region.
     *
     * @throws IllegalArgumentException if {@code regions} is empty
     */
    public EmulatorOptions {
        regions = List.copyOf(new LinkedHashSet<>(regions));
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("an emulator needs at least one Region");
        }
    }

    /** Returns the options for a test: a free port on the loopback address, the Region us-east-1 and no state file. */
    public static EmulatorOptions defaults() {
        return new EmulatorOptions(
                "127.0.0.1", 0, List.of("us-east-1"), Optional.empty(), Clock.systemUTC(), Optional.empty());
    }

    /** Returns these options with another address to listen on. */
    public EmulatorOptions withHost(String newHost) {
        return new EmulatorOptions(newHost, port, regions, state, clock, credentials);
    }

    /** Returns these options with another port. */
    public EmulatorOptions withPort(int newPort) {
        return new EmulatorOptions(host, newPort, regions, state, clock, credentials);
    }

    /** Returns the default Region, which is the first one in the list. */
    public String region() {
        return regions.get(0);
    }

    /** Returns these options with this Region as the only one. */
    public EmulatorOptions withRegion(String newRegion) {
        return withRegions(List.of(newRegion));
    }

    /** Returns these options with other Regions. The first one is the default Region. */
    public EmulatorOptions withRegions(List<String> newRegions) {
        return new EmulatorOptions(host, port, newRegions, state, clock, credentials);
    }

    /** Returns these options with a state file. The emulator creates the file, but not its folder, if it is missing. */
    public EmulatorOptions withState(Path file) {
        return new EmulatorOptions(host, port, regions, Optional.of(file), clock, credentials);
    }

    /** Returns these options with another clock. */
    public EmulatorOptions withClock(Clock newClock) {
        return new EmulatorOptions(host, port, regions, state, newClock, credentials);
    }

    /**
     * Returns these options with the credentials that every request must be signed with. The emulator then verifies the
     * signatures.
     *
     * @throws IllegalArgumentException if the access key id is empty or has characters other than letters, digits and
     *     underscores, or if the secret is empty
     */
    public EmulatorOptions withCredentials(String accessKeyId, String secretAccessKey) {
        Credentials newCredentials = new Credentials(accessKeyId, secretAccessKey);
        return new EmulatorOptions(host, port, regions, state, clock, Optional.of(newCredentials));
    }
}
