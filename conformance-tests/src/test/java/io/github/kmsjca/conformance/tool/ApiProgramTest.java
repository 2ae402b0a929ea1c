package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.conformance.SuiteExtent;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs a program that uses only the public API, on the class path and on the module path. */
class ApiProgramTest {
    private static final Path SOURCES =
            Path.of("src", "test", "resources", "api").toAbsolutePath();
    private static final Path PROGRAM = SOURCES.resolve("ApiProgram.java");
    private static final Path MODULE = SOURCES.resolve("module").resolve("module-info.java");

    private static final List<String> OUTPUT = List.of(
            "made ECC_NIST_P256",
            "SIGN_VERIFY true",
            "verified true",
            "mac true",
            "NotFoundException 400 true false",
            "file true",
            "CLOSED",
            "installed true",
            "provider argument: unknown setting 'regoin'; did you mean 'region'?");

    @AutoClose
    private static final Workbench BENCH = Workbench.with();

    @Tag(SuiteExtent.WHOLE)
    @Test
    void apiProgram_onTheClassPath_printsTheExpectedLines(@TempDir Path folder) throws Exception {
        compile(folder, List.of("-cp", Library.path()), List.of(PROGRAM));
        String classPath = Library.path() + System.getProperty("path.separator") + folder.resolve("classes");
        run(folder, List.of("-cp", classPath), "api.ApiProgram", "alias/on-class-path");
    }

    @Test
    void apiProgram_onTheModulePath_printsTheExpectedLines(@TempDir Path folder) throws Exception {
        compile(folder, List.of("-p", Library.path()), List.of(MODULE, PROGRAM));
        String modulePath = Library.path() + System.getProperty("path.separator") + folder.resolve("classes");
        run(folder, List.of("-p", modulePath), "-m api/api.ApiProgram", "alias/on-module-path");
    }

    private static void compile(Path folder, List<String> path, List<Path> sources) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Path classes = Files.createDirectory(folder.resolve("classes"));
            List<String> options = Stream.concat(
                            path.stream(), List.of("-d", classes.toString(), "-proc:none").stream())
                    .toList();
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertTrue(compiled, messages::toString);
        }
    }

    private static void run(Path folder, List<String> path, String program, String alias) {
        Workplace place = BENCH.workplace(folder).withOptions(path);
        ToolResult result = place.java(program + " " + BENCH.emulator().endpoint() + " " + alias)
                .requireSuccess();
        assertEquals(OUTPUT, result.output().lines().toList());
    }
}
