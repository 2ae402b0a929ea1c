package io.github.kmsjca.emulator.server;

/**
 * An access key id, and the secret that signs requests.
 *
 * <p>No text shows either value, because a user can confuse the two and pass the secret as the access key id.
 */
public record Credentials(String accessKeyId, String secretAccessKey) {

    /**
     * Checks that the values are plausible.
     *
     * @throws IllegalArgumentException if the access key id is empty or has characters other than letters, digits and
     *     underscores, or if the secret is empty
     */
    public Credentials {
        if (!accessKeyId.matches("\\w+") || secretAccessKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "an access key id has only letters, digits and underscores, and a secret access key is not empty");
        }
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
