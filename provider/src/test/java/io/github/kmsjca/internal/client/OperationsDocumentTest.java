package io.github.kmsjca.internal.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kmsjca.internal.text.LogTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;

/** Checks that the tables of loggers and of event fields in docs/operations.md match the code. */
class OperationsDocumentTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.A-Z]+)` \\|");

    /** The fields that every flight recorder event has. The table leaves them out. */
    private static final List<String> COMMON = List.of("startTime", "duration", "eventThread", "stackTrace");

    /** Returns the wanted names in the first columns of all tables. */
    private static List<String> rows(Predicate<String> wanted) throws IOException {
        return ROW.matcher(Files.readString(Path.of("..", "docs", "operations.md")))
                .results()
                .map(MatchResult::group)
                .map(row -> row.split("`", -1)[1])
                .filter(wanted)
                .toList();
    }

    @Test
    void page_loggers_matchTheTopics() throws IOException {
        assertEquals(
                Stream.of(LogTopic.values()).map(LogTopic::loggerName).toList(),
                rows(name -> name.startsWith("io.github.kmsjca.")));
    }

    @Test
    void page_fieldsOfTheEvent_matchTheClass() throws IOException {
        assertEquals(
                EventType.getEventType(KmsCallEvent.class).getFields().stream()
                        .map(ValueDescriptor::getName)
                        .filter(name -> !COMMON.contains(name))
                        .toList(),
                rows(name -> !name.contains(".")));
    }
}
