package io.github.kmsjca.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The program gpg with exactly one public key, and without the keys of the user. */
final class Gpg implements AutoCloseable {
    private static final Pattern IMPORTED = Pattern.compile("(?m)^\\[GNUPG:] IMPORT_OK \\d+ ([0-9A-F]{40})$");

    private final Path home;
    private final String fingerprint;

    private Gpg(Path home, String fingerprint) {
        this.home = home;
        this.fingerprint = fingerprint;
    }

    /**
     * Reads a public key. If gpg cannot read it, or the file has several keys, the fingerprint is "" and no
     * signature is valid.
     */
    static Gpg withKey(Path publicKey) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("gpg");
        String status = run(home, "--import", publicKey.toString()).status();
        List<String> imported =
                IMPORTED.matcher(status).results().map(key -> key.group(1)).toList();
        return new Gpg(home, imported.size() == 1 ? imported.get(0) : "");
    }

    /** Returns the fingerprint of the key, or "" if there is not exactly one key that gpg can read. */
    String fingerprint() {
        return fingerprint;
    }

    /**
     * Returns true if the key made the signature, and the signature belongs to the file.
     *
     * <p>gpg reports VALIDSIG also for a signature of an expired or revoked key, but GOODSIG only for a usable key.
     */
    boolean verifies(Path signature, Path file) throws IOException, InterruptedException {
        Result result = run(home, "--verify", signature.toString(), file.toString());
        return result.exitCode() == 0
                && !fingerprint.isEmpty()
                && result.status().contains("[GNUPG:] GOODSIG ")
                && result.status().contains("[GNUPG:] VALIDSIG " + fingerprint);
    }

    private static Result run(Path home, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gpg", "--homedir", home.toString(), "--batch"));
        command.addAll(List.of("--status-fd", "1"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String status = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), status);
    }

    private record Result(int exitCode, String status) {}

    @Override
    public void close() throws IOException {
        new ProcessBuilder("gpgconf", "--homedir", home.toString(), "--kill", "all")
                .start()
                .onExit()
                .join();
        Folder.delete(home);
    }
}
