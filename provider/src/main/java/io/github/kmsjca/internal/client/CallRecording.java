package io.github.kmsjca.internal.client;

import io.github.kmsjca.key.KmsException;
import org.jspecify.annotations.Nullable;

/** The recording of one KMS operation by Java Flight Recorder. */
@FunctionalInterface
interface CallRecording {
    /**
     * Ends the recording.
     *
     * @param failure why the operation failed; null if it succeeded
     */
    void end(Operation<?> operation, @Nullable KmsException failure);
}
