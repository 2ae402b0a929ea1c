package io.github.kmsjca.internal.library;

import io.github.kmsjca.key.KmsException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The libraries that the program supplies, one row each. The provider checks each library before it uses a class of the
 * library, because the JVM's error about a missing class or method names neither the version nor the remedy.
 */
public enum Library {
    /** The AWS SDK for Java. A program may mix versions of its jars. */
    AWS_SDK("the AWS SDK", "software.amazon.awssdk:bom", MinimumVersions.AWS_SDK),
    /** The lightweight API of Bouncy Castle. */
    BOUNCY_CASTLE("Bouncy Castle", "org.bouncycastle:bcprov-jdk18on", MinimumVersions.BOUNCY_CASTLE);

    /**
     * Whether this class is in the one-file jar, which contains the libraries. The build of that jar relocates the
     * packages of the libraries, and also the name in the next line.
     */
    private static final boolean IS_ONE_FILE = "org.bouncycastle".startsWith("io.github");

    private final String displayName;
    private final String artifact;
    private final String minimum;

    Library(String displayName, String artifact, String minimum) {
        this.displayName = displayName;
        this.artifact = artifact;
        this.minimum = minimum;
    }

    /** The check of the AWS SDK, made on first use. */
    private static final class AwsSdk {
        static final List<FoundJar> JARS = FoundJar.ofAwsSdk();
        static final @Nullable String REFUSAL = Library.AWS_SDK.refusal(JARS);
    }

    /** The check of Bouncy Castle, made on first use. */
    private static final class BouncyCastle {
        static final List<FoundJar> JARS = FoundJar.ofBouncyCastle();
        static final @Nullable String REFUSAL = Library.BOUNCY_CASTLE.refusal(JARS);
    }

    /**
     * Checks that the library is present and not too old. Later calls repeat the first result.
     *
     * @throws KmsException if it is missing or too old; the text names the minimum and, if the library is present, the
     *     version found
     */
    public void require() {
        if (IS_ONE_FILE) {
            return;
        }
        String refusal = this == AWS_SDK ? AwsSdk.REFUSAL : BouncyCastle.REFUSAL;
        if (refusal != null) {
            throw new KmsException(refusal, KmsException.Failure.of("UNSUPPORTED_LIBRARY"), null);
        }
    }

    /** Returns why the library cannot be used; null if it can. */
    @Nullable
    String refusal(List<FoundJar> jars) {
        if (jars.isEmpty()) {
            return displayName + " is missing; for keytool, jarsigner and other tools, use "
                    + MinimumVersions.ONE_FILE_JAR + "; in a program, add " + artifact + " " + minimum
                    + " or later, and all other dependencies of kms-jca-provider";
        }
        return jars.stream().anyMatch(jar -> jar.isOlderThan(minimum))
                ? found(jars) + " is too old for kms-jca; " + remedy(minimum)
                : null;
    }

    /**
     * Returns the name of the library, with its version and jar, for a text. If the jars have different versions,
     * names two versions with their jars.
     */
    public String found() {
        return found(this == AWS_SDK ? AwsSdk.JARS : BouncyCastle.JARS);
    }

    private String found(List<FoundJar> jars) {
        boolean isMixed = jars.stream().map(FoundJar::version).distinct().count() > 1;
        return displayName + " "
                + jars.stream().limit(isMixed ? 2 : 1).map(FoundJar::toString).collect(Collectors.joining(" with "));
    }

    /**
     * Returns the advice for a class or method of the library that is missing at run time.
     *
     * @param missing the name of the class or method
     */
    public String remedyIfIncomplete(String missing) {
        return IS_ONE_FILE
                ? "download the one-file jar again, and remove all other jars of kms-jca from the class path ("
                        + missing + ")"
                : "use all modules of " + displayName + " in the same version, for example with " + artifact
                        + ", and all their dependencies (" + found() + ": " + missing + ")";
    }

    /** Returns the advice to use a version or a later one. */
    String remedy(String version) {
        return "use " + artifact + " " + version + " or later";
    }
}
