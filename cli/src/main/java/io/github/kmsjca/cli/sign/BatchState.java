package io.github.kmsjca.cli.sign;

import java.util.Optional;

/**
 * What the jobs of a batch share.
 *
 * @param pace slows the jobs down
 * @param relay passes requests for timestamps on; empty for no timestamp
 * @param files the files that are not complete yet
 */
record BatchState(Pace pace, Optional<TimestampRelay> relay, UnfinishedFiles files) implements AutoCloseable {
    @Override
    public void close() {
        relay.ifPresent(TimestampRelay::close);
        files.close();
    }
}
