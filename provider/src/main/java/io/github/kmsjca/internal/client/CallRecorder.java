package io.github.kmsjca.internal.client;

import jdk.jfr.FlightRecorder;

/**
 * Records KMS operations with Java Flight Recorder, if the runtime image has the module {@code jdk.jfr}. Until a
 * recording starts, this class loads only one class of that module, because {@link KmsCallEvent} would load a hundred.
 */
final class CallRecorder {
    private static final boolean IS_PRESENT = isPresent();

    /** Records nothing. */
    private static final CallRecording NONE = (operation, failure) -> {};

    private CallRecorder() {}

    /** Returns whether the module is present. Without it, {@link KmsCallEvent} cannot be loaded. */
    private static boolean isPresent() {
        try {
            Class.forName("jdk.jfr.FlightRecorder", false, CallRecorder.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /**
     * Begins the recording of an operation.
     *
     * @param operation the KMS operation, such as {@code Sign}
     * @param subject what the operation concerns, such as {@code key alias/release}
     */
    static CallRecording begin(String operation, String subject) {
        return IS_PRESENT && FlightRecorder.isInitialized() ? KmsCallEvent.start(operation, subject) : NONE;
    }
}
