package io.github.kmsjca.emulator.server;

/**
 * Who may send requests, and the secret that signs them.
 *
 * <p>No text ever shows any of it: who exchanges the two by mistake has the secret in the place of the name.
 */
public record Credentials(String accessKeyId, String secretAccessKey) {

    /**
     * Checks that both are there.
     *
     * @throws IllegalArgumentException if the access key id is no word, or the secret is empty
     */
    public Credentials {
        if (!accessKeyId.matches("\\w+") || secretAccessKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "an access key id is made of letters, digits and underscores, and a secret access key is not empty");
        }
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
