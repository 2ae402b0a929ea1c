package io.github.kmsjca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.key.KmsKey;
import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API, with every public and protected member, must match {@code api.txt}. After a change of the API, run
 * the test with {@code -Dkmsjca.api.write=true} to write the file again.
 */
class ApiFileTest {
    private static final Path FILE = Path.of("api.txt");
    private static final int MAX_TYPES = 10;

    @Test
    void publicApi_matchesTheFile() throws Exception {
        String api = String.join("\n", lines()) + "\n";
        if (Boolean.getBoolean("kmsjca.api.write")) {
            Files.writeString(FILE, api);
        }
        assertEquals(Files.readString(FILE), api);
    }

    @Test
    void publicApi_hasFewTypes() throws Exception {
        assertTrue(types().size() <= MAX_TYPES, () -> types() + " are too many");
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : types()) {
            lines.add(type.toGenericString() + parents(type));
            Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                    .flatMap(Arrays::stream)
                    .filter(ApiFileTest::isVisible)
                    .map(member -> "    " + text(member))
                    .sorted()
                    .forEach(lines::add);
        }
        return lines;
    }

    private static String parents(Class<?> type) {
        List<String> parents = new ArrayList<>();
        if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
            parents.add(type.getGenericSuperclass().getTypeName());
        }
        Arrays.stream(type.getGenericInterfaces()).forEach(parent -> parents.add(parent.getTypeName()));
        return parents.isEmpty() ? "" : " : " + String.join(", ", parents);
    }

    private static boolean isVisible(AccessibleObject object) {
        Member member = (Member) object;
        return !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static String text(AccessibleObject member) {
        return member instanceof java.lang.reflect.Field field
                ? field.toGenericString()
                : ((java.lang.reflect.Executable) member).toGenericString();
    }

    /** Returns the public types of the exported packages, sorted. */
    private static List<Class<?>> types() {
        List<Class<?>> types = new ArrayList<>(types(KmsProvider.class.getPackageName()));
        types.addAll(types(KmsKey.class.getPackageName()));
        return types;
    }

    private static List<Class<?>> types(String packageName) {
        try (Stream<Path> files = Files.list(folder(packageName))) {
            List<Class<?>> types = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".class") && !name.startsWith("package-info")) {
                    Class<?> type = Class.forName(packageName + "." + name.replace(".class", ""));
                    if (Modifier.isPublic(type.getModifiers())) {
                        types.add(type);
                    }
                }
            }
            return types;
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Path folder(String packageName) {
        try {
            return Path.of(KmsProvider.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve(packageName.replace('.', '/'));
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
