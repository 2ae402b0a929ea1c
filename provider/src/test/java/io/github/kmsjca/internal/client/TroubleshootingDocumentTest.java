package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that docs/troubleshooting.md matches the code. The last two sections of the page are generated. */
class TroubleshootingDocumentTest {
    private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");

    /** Describes all texts with this code. Only those about a proxy come from {@link UnansweredCall}. */
    private static final String BAD_CONFIGURATION =
            "a proxy, the AWS SDK or the program's function for KMS clients is not configured correctly";

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    void page_lastSections_matchTheCode() throws IOException {
        String page = Files.readString(PAGE);
        String expected = page.substring(0, page.indexOf("## KMS errors\n")) + kmsErrors() + unansweredCalls();
        if (Boolean.getBoolean("kmsjca.update-docs")) {
            Files.writeString(PAGE, expected);
        }
        assertEquals(expected, Files.readString(PAGE), "write the page again with -Dkmsjca.update-docs=true");
    }

    @Test
    void page_quotedTexts_areInTheCode() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## Messages from kms-jca\n"), page.indexOf("## KMS errors\n"));
        String code = code();
        List<String> missing = section.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> QUOTED.matcher(line.split(" \\| ", 2)[0]).results())
                .flatMap(quoted -> Stream.of(quoted.group(1).split("…", -1)))
                .filter(part -> !code.contains(part))
                .toList();
        assertEquals(List.of(), missing);
    }

    /** Returns the code of the modules provider and cli. The parts of texts that span several lines are joined. */
    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String module : List.of("provider", "cli")) {
            try (Stream<Path> files = Files.find(
                    Path.of("..", module, "src", "main", "java"), 16, (path, file) -> file.isRegularFile())) {
                for (Path file : files.toList()) {
                    code.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
                }
            }
        }
        return code.toString();
    }

    private static String kmsErrors() {
        return """
                ## KMS errors

                These texts begin with `KMS OPERATION for KEY failed:`, followed by the code and by what KMS says. If
                several Regions failed, the name of each Region comes before its error. In Java, `KmsException.code()`
                returns the code. The request id at the end helps you find the call in CloudTrail.

                | Code | What to do |
                |---|---|
                """
                + Stream.of(KmsErrors.values())
                        .map(row -> "| " + (row.code.isEmpty() ? "any other code" : "`" + row.code + "`") + " | "
                                + String.format(row.remedy, "ACTION") + " |\n")
                        .collect(Collectors.joining());
    }

    private static String unansweredCalls() {
        return """

                ## Calls without an answer

                Most of these texts also begin with `KMS OPERATION for KEY failed:`, but none contains the code. The
                code is in `KmsException.code()` and in the flight recorder. If a proxy was used and may be the cause,
                its address and its setting follow in square brackets. For `BAD_CONFIGURATION` and `PROXY_REFUSED`, the
                table only describes the text. `TIMEOUT` has another text, with its own remedy, if reading a whole list
                took too long. The text of `INTERRUPTED` can also name what the thread was waiting for.

                | Code | Text | What to do |
                |---|---|---|
                """
                + Arrays.stream(UnansweredCall.values())
                        .map(TroubleshootingDocumentTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(UnansweredCall row) {
        String[] parts = row.text.split("; ", 2);
        String text = row == UnansweredCall.BAD_CONFIGURATION ? BAD_CONFIGURATION : parts[0];
        return "| `" + row.name() + "` | " + text + " | " + (parts.length == 1 ? remedyOutsideRow(row) : parts[1])
                + " |\n";
    }

    private static String remedyOutsideRow(UnansweredCall row) {
        return switch (row) {
            case BAD_CONFIGURATION -> "correct what the text names";
            case INTERRUPTED -> "nothing, if the program meant to end the call";
            default -> "the text says what to do";
        };
    }
}
