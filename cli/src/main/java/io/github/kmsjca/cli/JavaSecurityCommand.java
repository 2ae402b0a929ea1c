package io.github.kmsjca.cli;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.internal.config.Configuration;
import java.io.IOException;
import java.security.Security;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the security properties that register the provider in a JVM like the one that runs the command. */
@Command(
        name = "java-security",
        description = "Write the security properties that register the provider, for"
                + " -Djava.security.properties=FILE. They are right for the Java that runs this command.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class JavaSecurityCommand implements Callable<Integer> {
    private static final String PROVIDER = "security.provider.";
    private static final String PREFERRED = "jdk.security.provider.preferred";

    /**
     * Our entry in {@link #PREFERRED}. Some libraries set the parameters of RSASSA-PSS before the key. The JCA then
     * cannot choose the provider by the key, and takes the first one. The entry starts with {@code Signature}, because
     * an entry without a type also applies to key generators.
     */
    private static final String PSS = "Signature.RSASSA-PSS:" + KmsProvider.NAME;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-s", StoreOptions.SETTINGS},
            paramLabel = "SETTINGS",
            description = "Settings of the provider, as in -providerarg: name=value;name=value, or @FILE.")
    @Nullable
    String settings;

    @Mixin
    final OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        requireValidSettings();
        String line = KmsProvider.NAME + (settings == null ? "" : " " + settings);
        String text = "# made by kms-jca for Java " + System.getProperty("java.version") + " on "
                + System.getProperty("os.name") + "\n"
                + PROVIDER + position() + "=" + line + "\n"
                + PREFERRED + "=" + preferred() + "\n";
        output.write(text, Output.of(spec));
        return ExitStatus.SUCCESS.code();
    }

    /** Checks the settings now. Otherwise, an error would come later, from any code that makes Java load providers. */
    private void requireValidSettings() {
        if (settings == null) {
            return;
        }
        // Java would read other settings: it reads the file in ISO 8859-1, expands ${...} and removes backslashes
        if (settings.chars().anyMatch(c -> c < ' ' || c > '~' || c == '\\') || settings.contains("${")) {
            throw new ParameterException(
                    Output.line(spec),
                    "in a file of security properties, Java changes settings with a backslash, ${ or characters that"
                            + " are not printable ASCII; put the settings into a file, and write --settings @FILE, with"
                            + " a path without these characters");
        }
        new Configuration(StoreOptions.SETTINGS).configure(settings);
    }

    /** Returns the position of our provider in the list: its present position, or the first free one. */
    private static int position() {
        int position = 1;
        while (!isOursOrFree(Security.getProperty(PROVIDER + position))) {
            position++;
        }
        return position;
    }

    private static boolean isOursOrFree(@Nullable String provider) {
        return provider == null || provider.equals(KmsProvider.NAME) || provider.startsWith(KmsProvider.NAME + " ");
    }

    /** Returns the value of {@link #PREFERRED}: our entry, and then the entries that this JVM already has. */
    private static String preferred() {
        String present = Security.getProperty(PREFERRED);
        Stream<String> others = present == null
                ? Stream.empty()
                : Arrays.stream(present.split(",", -1)).map(String::strip);
        return Stream.concat(Stream.of(PSS), others.filter(entry -> !entry.isEmpty() && !entry.equals(PSS)))
                .collect(Collectors.joining(", "));
    }
}
