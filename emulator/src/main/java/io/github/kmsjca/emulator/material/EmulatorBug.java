package io.github.kmsjca.emulator.material;

/** A state that cannot be: a defect of the emulator or of the JDK it runs on. */
public final class EmulatorBug extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Creates the report of a failure that has no reason to occur. */
    public EmulatorBug(Exception cause) {
        super("defect of the emulator: " + cause.getMessage(), cause);
    }
}
