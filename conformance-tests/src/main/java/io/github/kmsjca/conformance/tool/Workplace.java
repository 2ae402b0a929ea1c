package io.github.kmsjca.conformance.tool;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder where a test runs tools, the environment variables of the tools, and the options that load the provider.
 * Immutable.
 *
 * @param variables all environment variables of the tools
 * @param vmOptions options of the Java virtual machine, without {@code -J}
 * @param provider the options of keytool and jarsigner that name the provider and its settings
 */
public record Workplace(Path folder, Map<String, String> variables, List<String> vmOptions, List<String> provider) {

    /** JVM options that halve the run time of tools. A run ends before the optimizing compiler would pay off. */
    public static final List<String> SHORT_RUN = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Pattern WORD = Pattern.compile("'[^']*'|[^' ]+");

    /** Copies the collections. */
    public Workplace {
        variables = Map.copyOf(variables);
        vmOptions = List.copyOf(vmOptions);
        provider = List.copyOf(provider);
    }

    /**
     * Returns a workplace with the one-file jar on the class path and with test credentials, which an emulator accepts.
     * The time limits of KMS calls are so long that a busy machine does not reach them. The variable {@code HOME} names
     * the folder, so the AWS SDK reads the files in its subfolder {@code .aws}, not those of the user.
     */
    public static Workplace of(Path folder, URI endpoint) {
        Map<String, String> variables = Map.of(
                "AWS_ENDPOINT_URL_KMS", endpoint.toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "example",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWSKMS_CALL_TIMEOUT", "3m",
                "AWSKMS_ATTEMPT_TIMEOUT", "3m",
                "HOME", folder.toString());
        return new Workplace(folder, variables, List.of("-cp", allJar().toString()), List.of("-addprovider", "AWSKMS"));
    }

    /** Returns the one-file jar, which the system property {@code kmsjca.all-jar} names. */
    public static Path allJar() {
        return required("kmsjca.all-jar");
    }

    /**
     * Returns the file or folder that a system property names. The build sets the property.
     *
     * @throws IllegalStateException if the property is not set, or the file or folder does not exist
     */
    public static Path required(String property) {
        String path = System.getProperty(property);
        if (path == null || !Files.exists(Path.of(path))) {
            throw new IllegalStateException("the system property " + property + " names no existing file (" + path
                    + "); run the tests in Maven's phase verify with the option -am, which builds the file");
        }
        return Path.of(path).toAbsolutePath().normalize();
    }

    /** Returns this workplace with an environment variable set. */
    public Workplace with(String variable, String value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put(variable, value);
        return new Workplace(folder, more, vmOptions, provider);
    }

    /** Returns this workplace without an environment variable. */
    public Workplace without(String variable) {
        Map<String, String> less = new HashMap<>(variables);
        less.remove(variable);
        return new Workplace(folder, less, vmOptions, provider);
    }

    /** Returns this workplace with more options of the Java virtual machine. */
    public Workplace withVmOptions(String... options) {
        return new Workplace(
                folder,
                variables,
                Stream.concat(vmOptions.stream(), Stream.of(options)).toList(),
                provider);
    }

    /** Returns this workplace with other JVM options and provider options, which replace all of its own. */
    public Workplace withOptions(List<String> newVmOptions, String... options) {
        return new Workplace(folder, variables, newVmOptions, List.of(options));
    }

    /**
     * Returns this workplace with only these provider options: {@code -addprovider} and a provider argument, such as
     * {@code region=us-east-1;attempts=1}.
     */
    public Workplace withSettings(String argument) {
        return withOptions(vmOptions, "-addprovider", "AWSKMS", "-providerarg", argument);
    }

    /** Returns a path in the folder. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /**
     * Runs {@code keytool} with the provider. Blanks separate the arguments. An argument that is empty or contains
     * blanks is written between single quotes, which enclose the whole argument.
     */
    public ToolResult keytool(String arguments) {
        return run(Tool.KEYTOOL, words(arguments), provider);
    }

    /** Runs {@code jarsigner} with the provider. The syntax of the arguments is the same as for {@link #keytool}. */
    public ToolResult jarsigner(String arguments) {
        return run(Tool.JARSIGNER, provider, words(arguments));
    }

    private static List<String> words(String arguments) {
        return WORD.matcher(arguments)
                .results()
                .map(word -> word.group().replace("'", ""))
                .toList();
    }

    /**
     * Runs {@code java}, without the provider options. The arguments name the program and give its arguments, with the
     * same syntax as for {@link #keytool}.
     */
    public ToolResult java(String arguments) {
        return Tool.JAVA.run(folder, variables, javaArguments(words(arguments)));
    }

    /** Returns the arguments of {@code java}: the options of the Java virtual machine, and then the given words. */
    public List<String> javaArguments(List<String> words) {
        return Stream.of(SHORT_RUN, vmOptions, words).flatMap(List::stream).toList();
    }

    private ToolResult run(Tool tool, List<String> first, List<String> second) {
        List<String> arguments = new ArrayList<>();
        javaArguments(List.of()).forEach(option -> arguments.add("-J" + option));
        arguments.addAll(first);
        arguments.addAll(second);
        return tool.run(folder, variables, arguments);
    }
}
