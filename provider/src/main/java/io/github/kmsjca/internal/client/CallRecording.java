package io.github.kmsjca.internal.client;

import org.jspecify.annotations.Nullable;

/** The recording of one KMS operation by Java Flight Recorder. */
@FunctionalInterface
interface CallRecording {
    /**
     * Ends the recording.
     *
     * @param operation the operation; null if it failed before its Regions were known
     * @param failure why the operation failed; null if it succeeded
     */
    void end(@Nullable Operation<?> operation, @Nullable Throwable failure);
}
