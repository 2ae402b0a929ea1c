package io.github.kmsjca.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.samples.Document.Block;
import io.github.kmsjca.samples.Document.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a reader has after the section "Before you start" of the README: variables and an emulator with keys. The
 * commands of the section run once, with the files that the build has made. Each page then gets the variables, and an
 * emulator of its own with the keys that the section names.
 */
final class Preparation {
    private static final Pattern VARIABLE = Pattern.compile("(?m)(?:^|\\s)([A-Z][A-Z_]*)=");
    private static final Pattern KEY = Pattern.compile("--key (alias/\\S+?)=(\\w+)(?::(\\w+))?");
    /** The port of the emulator in that section. The test replaces it, because other programs can use it. */
    private static final String PORT = "4599";

    private final List<Block> blocks;

    /** The shell commands that declare the variables. */
    private final String variables;

    private Preparation(List<Block> blocks, String variables) {
        this.blocks = blocks;
        this.variables = variables;
    }

    /**
     * Runs the commands of a page that prepare the other pages.
     *
     * @param clone a folder that stands for the reader's clone of the project
     * @param root the project
     */
    static Preparation of(Path page, Path clone, Path root) throws IOException, InterruptedException, TimeoutException {
        for (String module : List.of("cli", "emulator", "samples")) {
            Files.createSymbolicLink(
                    clone.resolve(module), root.resolve(module).toAbsolutePath().normalize());
        }
        List<Block> blocks = Document.blocks(page).stream()
                .filter(block -> block.kind() == Kind.SETUP)
                .toList();
        String port = freePort();
        try (Terminal terminal = Terminal.open(Shell.in(clone))) {
            for (Block block : blocks) {
                terminal.run(block.text().replace(PORT, port));
            }
            String keys = terminal.run("until kms-jca list; do :; done");
            assertTrue(keys.contains("alias/release"), keys);
            return new Preparation(blocks, terminal.run("declare -p " + variableNames(blocks)));
        }
    }

    /** Returns a port on which no program listens. */
    static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static String variableNames(List<Block> blocks) {
        return blocks.stream()
                .flatMap(block -> VARIABLE.matcher(block.text()).results())
                .map(found -> found.group(1))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** Starts an emulator with the keys. */
    KmsEmulator emulator() {
        KmsEmulator emulator = KmsEmulator.start();
        blocks.stream()
                .flatMap(block -> KEY.matcher(block.text()).results())
                .forEach(key -> emulator.createAlias(key.group(1), create(emulator, key)));
        return emulator;
    }

    private static String create(KmsEmulator emulator, MatchResult key) {
        return key.group(3) == null ? emulator.createKey(key.group(2)) : emulator.createKey(key.group(2), key.group(3));
    }

    /** Returns the commands that give a terminal the variables, with the address of an emulator. */
    String variables(KmsEmulator emulator) {
        return variables + "export AWS_ENDPOINT_URL_KMS=" + emulator.endpoint() + "\n";
    }

    /** Returns how many commands prepare the pages. */
    long commands() {
        return blocks.stream().mapToLong(Block::commands).sum();
    }
}
