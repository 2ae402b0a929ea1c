package io.github.kmsjca.emulator.material;

/** Reports an impossible state, which is a bug in the emulator or its JDK. */
public final class EmulatorBug extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception from a cause that cannot occur in a correct emulator. */
    public EmulatorBug(Exception cause) {
        super(cause);
    }
}
