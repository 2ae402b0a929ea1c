package io.github.kmsjca.internal.client;

import java.util.function.Supplier;

/**
 * Runs what looks for parts of the AWS SDK. The SDK asks the class loader of the thread before its own
 * ({@code ClassLoaderHelper}), which in a server may know another copy of it.
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
