package io.github.kmsjca.internal.client;

import io.github.kmsjca.internal.text.LogTopic;
import io.github.kmsjca.internal.text.Warnings;
import io.github.kmsjca.key.KmsException;
import java.lang.System.Logger;
import java.util.function.BiConsumer;

/**
 * What the KMS clients log.
 *
 * @param connections receives warnings about the endpoint
 * @param failures receives each failed KMS call: the operation and the exception
 */
record ClientLog(Warnings connections, BiConsumer<String, KmsException> failures) {
    /** Returns the log of a provider; in a {@linkplain ToolProcess tool}, without failed calls. */
    static ClientLog ofProvider() {
        return ToolProcess.isRunning()
                ? withoutFailedCalls()
                : of(LogTopic.CONNECTIONS.logger(), LogTopic.CALLS.logger());
    }

    /** Returns a log without failed calls, for a program that prints them itself. */
    static ClientLog withoutFailedCalls() {
        return new ClientLog(LogTopic.CONNECTIONS.warnings(), (operation, failure) -> {});
    }

    /** Returns a log that writes to these loggers. */
    static ClientLog of(Logger connections, Logger calls) {
        return new ClientLog(new Warnings(connections), new FailedCalls(calls, System::nanoTime));
    }
}
