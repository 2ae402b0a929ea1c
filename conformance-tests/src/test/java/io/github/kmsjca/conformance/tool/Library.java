package io.github.kmsjca.conformance.tool;

import java.io.File;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The library jar of the provider and its dependencies, without the rest of this JVM's class path. */
public final class Library {
    /** The paths of the library jar's dependencies in a Maven repository. */
    private static final Pattern DEPENDENCY = Pattern.compile(".*/(software/amazon/(awssdk|eventstream)"
            + "|org/(reactivestreams|jspecify|slf4j|apache/httpcomponents|bouncycastle/bcprov-jdk18on))/.*");

    private Library() {}

    /** Returns the paths of all these jars, in the form of a class path or module path. */
    public static String path() {
        return Stream.concat(
                        Stream.of(Workplace.required("kmsjca.library-jar").toString()),
                        classPath().filter(path -> DEPENDENCY.matcher(path).matches()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns the folder with the compiled test classes of this module. */
    public static String tests() {
        return classPath()
                .filter(path -> path.endsWith("test-classes"))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1));
    }
}
