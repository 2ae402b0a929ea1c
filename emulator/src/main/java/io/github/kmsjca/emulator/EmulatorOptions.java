package io.github.kmsjca.emulator;

import io.github.kmsjca.emulator.server.Credentials;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * How an emulator is started.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any free one
 * @param regions the Regions that the emulator plays; requests reach that for which they are signed
 * @param state the file that keeps keys, aliases and tags, if they are to survive
 * @param clock the time for dates of keys, aliases and signatures
 * @param credentials those that sign every request; any are good if there are none here
 */
public record EmulatorOptions(
        String host,
        int port,
        List<String> regions,
        Optional<Path> state,
        Clock clock,
        Optional<Credentials> credentials) {

    /**
     * Checks that there is a Region.
     *
     * @throws IllegalArgumentException if there is none
     */
    public EmulatorOptions {
        regions = List.copyOf(new LinkedHashSet<>(regions));
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("an emulator plays at least one Region");
        }
    }

    /** Returns the options for a test: any free port of the loopback address, us-east-1, nothing kept. */
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

    /** Returns the Region of keys for which no other is named: the first. */
    public String region() {
        return regions.get(0);
    }

    /** Returns these options with another Region, and only that. */
    public EmulatorOptions withRegion(String newRegion) {
        return withRegions(List.of(newRegion));
    }

    /** Returns these options with other Regions, the first of which is that of keys for which no other is named. */
    public EmulatorOptions withRegions(List<String> newRegions) {
        return new EmulatorOptions(host, port, newRegions, state, clock, credentials);
    }

    /** Returns these options with a state file, which is made if it does not exist. */
    public EmulatorOptions withState(Path file) {
        return new EmulatorOptions(host, port, regions, Optional.of(file), clock, credentials);
    }

    /** Returns these options with another time. */
    public EmulatorOptions withClock(Clock newClock) {
        return new EmulatorOptions(host, port, regions, state, newClock, credentials);
    }

    /**
     * Returns these options with the credentials that sign every request; their signatures are verified.
     *
     * @throws IllegalArgumentException if the access key id is no word, or the secret is empty
     */
    public EmulatorOptions withCredentials(String accessKeyId, String secretAccessKey) {
        Credentials known = new Credentials(accessKeyId, secretAccessKey);
        return new EmulatorOptions(host, port, regions, state, clock, Optional.of(known));
    }
}
