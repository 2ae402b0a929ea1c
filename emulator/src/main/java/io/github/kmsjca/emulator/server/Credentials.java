package io.github.kmsjca.emulator.server;

/**
 * An access key id, and the secret access key that signs requests.
 *
 * <p>The exception messages and {@code toString()} of this record do not even show the access key id, because a user
 * can confuse the two values and pass the secret access key as the access key id.
 */
public record Credentials(String accessKeyId, String secretAccessKey) {

    /**
     * Checks the form of both values.
     *
     * @throws IllegalArgumentException if the access key id is empty or has characters other than letters, digits and
     *     underscores, or if the secret is empty
     */
    public Credentials {
        if (!accessKeyId.matches("\\w+")) {
            throw new IllegalArgumentException("the access key id must consist of letters, digits and underscores");
        }
        if (secretAccessKey.isEmpty()) {
            throw new IllegalArgumentException("the secret access key must not be empty");
        }
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
