package io.github.kmsjca.internal.client;

/** Whether this JVM runs a tool that prints each failure itself, so that a warning in the log would only repeat it. */
public final class ToolProcess {
    private static volatile boolean declared;

    private ToolProcess() {}

    /** Declares that this JVM runs a tool that prints each failure itself. */
    public static void declare() {
        declared = true;
    }

    /**
     * Returns whether this JVM runs a JDK tool, such as keytool or jarsigner, or a tool that {@link #declare} has
     * declared.
     */
    static boolean isRunning() {
        // the main module of keytool is java.base, and that of jarsigner is jdk.jartool
        String main = System.getProperty("jdk.module.main", "");
        return declared || main.equals("java.base") || main.startsWith("jdk.");
    }
}
