package io.github.kmsjca.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes the system properties {@code aws.accessKeyId} and {@code aws.secretAccessKey}, so that the AWS SDK looks for
 * credentials elsewhere. {@code close} sets the properties again.
 */
public final class AwsEnvironment implements AutoCloseable {
    private final Map<String, String> before = new HashMap<>();

    private AwsEnvironment(List<String> properties) {
        for (String property : properties) {
            String value = System.clearProperty(property);
            if (value != null) {
                before.put(property, value);
            }
        }
    }

    public static AwsEnvironment withoutCredentials() {
        return new AwsEnvironment(List.of("aws.accessKeyId", "aws.secretAccessKey"));
    }

    @Override
    public void close() {
        before.forEach(System::setProperty);
    }
}
