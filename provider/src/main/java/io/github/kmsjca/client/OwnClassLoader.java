package io.github.kmsjca.client;

import java.util.function.Supplier;

/**
 * Runs what looks for parts of the AWS SDK. The SDK looks for them with the class loader of the thread, which does not
 * see them in a tool that loaded us with {@code -providerpath}.
 */
final class OwnClassLoader {
    private OwnClassLoader() {}

    static <T> T call(Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnClassLoader.class.getClassLoader());
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
