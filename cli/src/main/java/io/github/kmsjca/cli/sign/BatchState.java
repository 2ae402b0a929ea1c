package io.github.kmsjca.cli.sign;

import java.util.Optional;

/**
 * What the jobs of a batch share.
 *
 * @param pace slows the jobs down
 * @param relay passes requests for timestamps on; empty if the jars get no timestamps
 * @param files the temporary files that are not complete yet
 */
record BatchState(Pace pace, Optional<TimestampRelay> relay, UnfinishedFiles files) implements AutoCloseable {
    @Override
    public void close() {
        relay.ifPresent(TimestampRelay::close);
        files.close();
    }
}
