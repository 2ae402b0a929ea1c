package io.github.kmsjca.internal.client.http;

import java.util.function.Supplier;

/**
 * Runs code that loads parts of the AWS SDK by name. The SDK asks the thread's context class loader before its own
 * ({@code ClassLoaderHelper}). In an application server, the context class loader may find another copy of the SDK,
 * and threads that the SDK starts would keep that class loader.
 */
public final class OwnClassLoader {
    private OwnClassLoader() {}

    /**
     * Returns the result of an action. During the action, the context class loader is the class loader of this project.
     */
    public static <T> T call(Supplier<T> action) {
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
