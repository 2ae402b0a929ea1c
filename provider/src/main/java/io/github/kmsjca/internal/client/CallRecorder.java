package io.github.kmsjca.internal.client;

/**
 * Records KMS operations with Java Flight Recorder, if the runtime image has its module, {@code jdk.jfr}. Loads nothing
 * of that module before the first operation.
 */
final class CallRecorder {
    private static final boolean IS_PRESENT = isPresent();

    private CallRecorder() {}

    /** Without the module, {@link KmsCallEvent} cannot be loaded. */
    private static boolean isPresent() {
        try {
            Class.forName("jdk.jfr.Event", false, CallRecorder.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /** Begins the recording of an operation. */
    static CallRecording begin() {
        return IS_PRESENT ? KmsCallEvent.start() : (operation, failure) -> {};
    }
}
