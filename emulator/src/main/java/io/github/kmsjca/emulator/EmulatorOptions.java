package io.github.kmsjca.emulator;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * How an emulator is started.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any free one
 * @param region the Region that the emulator plays
 * @param state the file that keeps keys, aliases and tags, if they are to survive
 * @param clock the time for dates of keys and aliases
 */
public record EmulatorOptions(String host, int port, String region, Optional<Path> state, Clock clock) {

    /** Returns the options for a test: any free port of the loopback address, us-east-1, nothing kept. */
    public static EmulatorOptions defaults() {
        return new EmulatorOptions("127.0.0.1", 0, "us-east-1", Optional.empty(), Clock.systemUTC());
    }

    /** Returns these options with another address to listen on. */
    public EmulatorOptions withHost(String newHost) {
        return new EmulatorOptions(newHost, port, region, state, clock);
    }

    /** Returns these options with another port. */
    public EmulatorOptions withPort(int newPort) {
        return new EmulatorOptions(host, newPort, region, state, clock);
    }

    /** Returns these options with another Region. */
    public EmulatorOptions withRegion(String newRegion) {
        return new EmulatorOptions(host, port, newRegion, state, clock);
    }

    /** Returns these options with a state file, which is made if it does not exist. */
    public EmulatorOptions withState(Path file) {
        return new EmulatorOptions(host, port, region, Optional.of(file), clock);
    }

    /** Returns these options with another time. */
    public EmulatorOptions withClock(Clock newClock) {
        return new EmulatorOptions(host, port, region, state, newClock);
    }
}
