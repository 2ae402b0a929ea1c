package io.github.kmsjca.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The completion scripts, in the shells that they are for. A test is skipped if it needs a shell that is missing. */
class CompletionTest {
    @TempDir
    Path folder = Path.of("");

    private Path script(CompletionCommand.Shell shell) throws IOException {
        String text = shell.script(Main.commandLine());
        return Files.writeString(folder.resolve("kms-jca." + shell), text);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        assumeTrue(isInstalled(command[0]), () -> command[0] + " is not installed");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @ParameterizedTest
    @EnumSource(CompletionCommand.Shell.class)
    void script_anyShell_hasNoSyntaxErrors(CompletionCommand.Shell shell) throws IOException, InterruptedException {
        assertEquals("", run(shell.toString(), "-n", script(shell).toString()));
    }

    /** The shell completes the text after the last space of the line. */
    @ParameterizedTest
    @CsvSource({
        "'kms-jca s', selfsign sign",
        "'kms-jca list --l', --long",
        "'kms-jca policy --for dec', decapsulate decrypt",
        "'kms-jca completion ', bash fish zsh"
    })
    void script_partialWord_isCompletedInBash(String line, String expected) throws IOException, InterruptedException {
        String program = """
            # outside a completion, compopt of bash fails, so replace it
            compopt() { :; }
            source "$1"
            read -r -a COMP_WORDS <<< "$2"
            case "$2" in *' ') COMP_WORDS+=('') ;; esac
            COMP_LINE=$2 COMP_POINT=${#2} COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _complete_kms-jca
            printf '%s\\n' "${COMPREPLY[@]}"
            """;
        String bash = CompletionCommand.Shell.BASH.toString();
        assertEquals(
                words(expected),
                run(
                                bash,
                                "-c",
                                program,
                                bash,
                                script(CompletionCommand.Shell.BASH).toString(),
                                line)
                        .lines()
                        .map(String::strip)
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "'kms-jca s', selfsign sign",
        "'kms-jca list --l', --long",
        "'kms-jca policy --for dec', decapsulate decrypt",
        "'kms-jca completion ', bash fish zsh"
    })
    void script_partialWord_isCompletedInFish(String line, String expected) throws IOException, InterruptedException {
        String fish = CompletionCommand.Shell.FISH.toString();
        String program = "source " + script(CompletionCommand.Shell.FISH) + "; complete -C '" + line + "'";
        assertEquals(
                words(expected),
                run(fish, "--no-config", "-c", program)
                        .lines()
                        .map(text -> text.replaceFirst("\t.*", ""))
                        .sorted()
                        .toList());
    }

    @Test
    void script_valuesOfAnOption_haveNoDescriptionInFish() throws IOException, InterruptedException {
        String program = "source " + script(CompletionCommand.Shell.FISH) + "; complete -C 'kms-jca policy --for dec'";
        assertEquals(
                "decapsulate\ndecrypt\n", run(CompletionCommand.Shell.FISH.toString(), "--no-config", "-c", program));
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).sorted().toList();
    }

    @Test
    void script_fish_hasNoVariablesOfHelpTexts() {
        String fish = CompletionCommand.Shell.FISH.script(Main.commandLine());
        assertTrue(fish.lines().noneMatch(line -> line.contains("${") || line.contains("%n")), fish);
    }
}
