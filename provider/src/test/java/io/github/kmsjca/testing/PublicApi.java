package io.github.kmsjca.testing;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The public and protected members of the public types in some packages, as text for a file. */
public final class PublicApi {
    private final List<Class<?>> types;

    private PublicApi(List<Class<?>> types) {
        this.types = types;
    }

    /** Returns the API of several packages. Each is given by any of its types. */
    public static PublicApi ofPackages(Class<?>... givenTypes) {
        return new PublicApi(Arrays.stream(givenTypes)
                .<Class<?>>flatMap(given -> packageTypes(given).stream())
                .toList());
    }

    /** Returns the public types, sorted in each package. */
    public List<Class<?>> types() {
        return types;
    }

    /** Returns the text. With {@code -Dkmsjca.api.write=true}, also writes the text to the file. */
    public String text(Path file) throws IOException {
        String api = String.join("\n", lines()) + "\n";
        if (Boolean.getBoolean("kmsjca.api.write")) {
            Files.writeString(file, api);
        }
        return api;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : types) {
            lines.add(type.toGenericString() + parents(type));
            Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                    .flatMap(Arrays::stream)
                    .filter(PublicApi::isVisible)
                    .map(member -> "    " + line(member))
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

    private static String line(AccessibleObject member) {
        return member instanceof Field field ? field.toGenericString() : ((Executable) member).toGenericString();
    }

    private static List<Class<?>> packageTypes(Class<?> given) {
        String packageName = given.getPackageName();
        try (Stream<Path> files = Files.list(root(given).resolve(packageName.replace('.', '/')))) {
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

    private static Path root(Class<?> given) {
        try {
            return Path.of(
                    given.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
