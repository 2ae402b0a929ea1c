package io.github.kmsjca.emulator.material;

/** An impossible state: a defect of the emulator or of its JDK. */
public final class EmulatorBug extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Creates the report of a failure that cannot happen in a correct emulator. */
    public EmulatorBug(Exception cause) {
        super("defect of the emulator: " + cause.getMessage(), cause);
    }
}
