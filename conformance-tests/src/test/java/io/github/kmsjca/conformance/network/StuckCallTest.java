package io.github.kmsjca.conformance.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import io.github.kmsjca.conformance.tool.Library;
import io.github.kmsjca.conformance.tool.Workplace;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that a stuck KMS call ends at its time limit, or soon after an interrupt, wherever it is stuck. */
class StuckCallTest {
    /** Far above the limit of 5 seconds, and far below the time that a call would take without limit and interrupt. */
    private static final long MUCH_TOO_LONG_MILLIS = 15_000;

    /** Limits that no call reaches. */
    private static final String LONG_LIMITS = "call-timeout=10m;attempt-timeout=10m";

    /**
     * The kind of call whose answer is endless. The call ends by itself, because the provider limits the length of
     * answers.
     */
    private static final String ENDLESS = "endless";

    /** The codes of the calls that do not end with {@code TIMEOUT}. */
    private static final Map<String, String> OTHER_CODES = Map.of(
            "throttled",
            "ThrottlingException",
            ENDLESS,
            "GARBLED",
            "credentials",
            "SLOW_CREDENTIALS",
            "region",
            "NO_REGION");

    private static final Pattern LINE = Pattern.compile("(\\S+) (\\d+) ms: (.*)");

    @AutoClose
    private static final StuckServers SERVERS = new StuckServers();

    /** The jars and modules with which a program can use the provider. */
    enum Jar {
        LIBRARY {
            @Override
            List<String> options() {
                return List.of("-cp", Library.path() + File.pathSeparator + Library.tests());
            }
        },
        ONE_FILE {
            @Override
            List<String> options() {
                return List.of("-cp", Workplace.allJar() + File.pathSeparator + Library.tests());
            }
        },
        /** With the modules of keytool and jarsigner, which lack jdk.net. */
        ONE_FILE_IN_A_TOOL {
            @Override
            List<String> options() {
                return List.of(
                        "--limit-modules",
                        "java.se,jdk.jartool,jdk.crypto.ec",
                        "-cp",
                        Workplace.allJar() + File.pathSeparator + Library.tests());
            }
        };

        abstract List<String> options();
    }

    /** Returns the jars. A usual run has one jar for each HTTP client. */
    static Stream<Jar> jars() {
        return SuiteExtent.everyNth(List.of(Jar.values()), 2);
    }

    @ParameterizedTest
    @MethodSource("jars")
    void sign_stuck_endsAtTheTimeLimit(Jar jar, @TempDir Path folder) throws Exception {
        Map<String, String> settings = SERVERS.settings();
        // the only connection may become free just when the time limit of this call ends, so its result varies
        settings.remove("pool");
        Map<String, String> ends = run(jar, folder, "limit", settings, "call-timeout=5s;attempt-timeout=5s");
        assertEquals(settings.keySet(), ends.keySet());
        ends.forEach((kind, end) -> assertEquals(OTHER_CODES.getOrDefault(kind, "TIMEOUT"), end, kind));
    }

    @ParameterizedTest
    @MethodSource("jars")
    void sign_interrupted_endsSoonAndKeepsTheFlag(Jar jar, @TempDir Path folder) throws Exception {
        Map<String, String> settings = SERVERS.settings();
        // this call ends before the program can interrupt it
        settings.remove(ENDLESS);
        Map<String, String> ends = run(jar, folder, "interrupt", settings, LONG_LIMITS);
        assertEquals(settings.keySet(), ends.keySet());
        ends.forEach((kind, end) -> assertEquals("INTERRUPTED flag", end, kind));
    }

    /** If a virtual thread is interrupted, Java closes the connection that this thread uses. */
    @ParameterizedTest
    @MethodSource("jars")
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "this Java has no virtual threads")
    void sign_interruptedVirtualThread_sinceJava21_endsSoonAndKeepsTheFlag(Jar jar, @TempDir Path folder)
            throws Exception {
        Map<String, String> settings = SERVERS.settings();
        settings.remove(ENDLESS);
        Map<String, String> ends = run(jar, folder, "interrupt-virtual", settings, LONG_LIMITS);
        assertEquals(settings.keySet(), ends.keySet());
        ends.forEach((kind, end) -> assertEquals("INTERRUPTED flag", end, kind));
    }

    /** Runs the calls, checks that none took much too long, and returns how each ended, by kind of call. */
    private static Map<String, String> run(
            Jar jar, Path folder, String mode, Map<String, String> settings, String limits) throws Exception {
        SERVERS.writeTo(folder);
        List<String> words = new ArrayList<>(List.of(StuckProgram.class.getName(), mode, "stuck.awskms"));
        // the warm-up call, which loads the classes
        words.addAll(List.of(ENDLESS, SERVERS.settings().get(ENDLESS) + ";" + LONG_LIMITS + ";attempts=1"));
        settings.forEach((kind, more) -> {
            words.add(kind);
            // an endless answer must end the call at the first attempt; a throttled call must not run out of attempts
            words.add(more + ";" + limits + ";attempts=" + (kind.equals(ENDLESS) ? 1 : 100));
        });
        Workplace place = Workplace.of(folder, URI.create("http://127.0.0.1:1"))
                .without("AWS_ENDPOINT_URL_KMS")
                .without("AWS_ACCESS_KEY_ID")
                .without("AWS_SECRET_ACCESS_KEY")
                .without("AWS_REGION")
                .without("AWS_EC2_METADATA_DISABLED")
                .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", SERVERS.metadataService())
                .with("AWS_CONFIG_FILE", folder.resolve("config").toString())
                .withOptions(jar.options());
        Map<String, String> ends = new LinkedHashMap<>();
        String output = place.java(String.join(" ", words)).requireSuccess().output();
        System.out.println(jar + " " + mode + System.lineSeparator() + output);
        for (String line : output.lines().toList()) {
            Matcher parts = LINE.matcher(line);
            assertTrue(parts.matches(), line);
            assertTrue(Long.parseLong(parts.group(2)) < MUCH_TOO_LONG_MILLIS, line);
            ends.put(parts.group(1), parts.group(3));
        }
        return ends;
    }
}
