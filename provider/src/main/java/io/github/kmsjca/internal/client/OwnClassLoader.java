package io.github.kmsjca.internal.client;

import java.util.function.Supplier;

/**
 * Runs code that loads parts of the AWS SDK by name. The SDK asks the thread's context class loader before its own
 * ({@code ClassLoaderHelper}). In an application server, the context class loader may find another copy of the SDK.
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
