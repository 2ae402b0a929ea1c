package io.github.kmsjca.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares the signing speed of the SDK client, the library and the one-file jar. Each runs in its own process; only
 * one signs at a time.
 */
final class LoadSides implements AutoCloseable {
    /** The classes of the program that signs with the one-file jar. */
    private static final List<Class<?>> PROGRAM =
            List.of(ProviderLoad.class, SigningKey.class, Load.class, Speed.class, ThreadKind.class);

    private final Map<Side, LoadProcess> processes = new EnumMap<>(Side.class);

    /**
     * What signs in a process: the SDK client alone, the provider as a library, or the provider in the one-file jar.
     */
    enum Side {
        CLIENT("client"),
        LIBRARY("library"),
        ONE_FILE_JAR("one-file jar");

        private final String text;

        Side(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * The speeds of all sides with a load.
     *
     * @param load the load
     * @param speeds the speed of each side
     */
    record Turn(Load load, Map<Side, Speed> speeds) {
        Speed of(Side side) {
            return Objects.requireNonNull(speeds.get(side));
        }
    }

    private LoadSides() {}

    /**
     * Starts a process for the SDK client and one for the library, without the one-file jar.
     *
     * @param key the key of both processes
     */
    static LoadSides start(SigningKey key, KmsProcess kms) throws IOException {
        String here = System.getProperty("java.class.path");
        LoadSides sides = new LoadSides();
        try {
            sides.add(Side.CLIENT, LoadProcess.start(ClientLoad.class, here, key, kms));
            sides.add(Side.LIBRARY, LoadProcess.start(ProviderLoad.class, here, key, kms));
            return sides;
        } catch (IOException e) {
            sides.close();
            throw e;
        }
    }

    /**
     * Starts a process for each side.
     *
     * @param jar the one-file jar
     * @param program the folder of {@link #copyProgram}
     */
    static LoadSides start(Path jar, Path program, SigningKey key, KmsProcess kms) throws IOException {
        LoadSides sides = start(key, kms);
        try {
            String classPath = jar + File.pathSeparator + program;
            sides.add(Side.ONE_FILE_JAR, LoadProcess.start(ProviderLoad.class, classPath, key, kms));
            return sides;
        } catch (IOException e) {
            sides.close();
            throw e;
        }
    }

    private void add(Side side, LoadProcess process) {
        processes.put(side, process);
    }

    /**
     * Copies the classes of the program to a folder. The jar of the benchmarks also contains the library, so it cannot
     * be on the class path together with the one-file jar.
     */
    static void copyProgram(Path folder) throws IOException {
        for (Class<?> part : PROGRAM) {
            String name = part.getName().replace('.', '/') + ".class";
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            try (InputStream content =
                    Objects.requireNonNull(LoadSides.class.getClassLoader().getResourceAsStream(name), name)) {
                Files.copy(content, file);
            }
        }
    }

    /**
     * Runs a load on each side, one after the other. Every second turn begins with the last side, so that a steady
     * change in the load of the machine affects all sides alike.
     *
     * @param turn the number of earlier turns
     */
    Turn run(Load load, int turn) throws IOException {
        List<Side> order = new ArrayList<>(processes.keySet());
        if (turn % 2 == 1) {
            Collections.reverse(order);
        }
        Map<Side, Speed> speeds = new EnumMap<>(Side.class);
        for (Side side : order) {
            speeds.put(side, Objects.requireNonNull(processes.get(side)).run(load));
        }
        return new Turn(load, speeds);
    }

    @Override
    public void close() {
        processes.values().forEach(LoadProcess::close);
    }
}
