package io.github.kmsjca.conformance.network;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsException;
import io.github.kmsjca.key.KmsLoadStoreParameter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Uses the provider wastefully, as some programs do. Prints how many threads and open files this adds at the peak, and
 * how many of them are left.
 */
final class ResourceProgram {
    /** A use of the provider. */
    enum Mode {
        /** Creates a provider for each signature, and closes it. */
        CLOSED {
            @Override
            void use(KmsProvider shared, String key, int number) throws GeneralSecurityException, IOException {
                try (KmsProvider provider = new KmsProvider()) {
                    sign(key(provider, DISCOVERY, key), provider);
                }
            }
        },
        /** As {@link #CLOSED}, but closes each provider in another thread, at a different moment each time. */
        RACED {
            @Override
            void use(KmsProvider shared, String key, int number) throws GeneralSecurityException, IOException {
                KmsProvider provider = new KmsProvider();
                Thread closing = new Thread(() -> {
                    LockSupport.parkNanos(number * STEP_NANOS);
                    provider.close();
                });
                closing.start();
                try {
                    sign(key(provider, DISCOVERY, key), provider);
                } catch (KmsException | SignatureException e) {
                    requireClosed(e);
                } finally {
                    awaitEnd(closing);
                }
            }
        },
        /** Creates a provider for each signature, and does not close it. */
        LEFT {
            // leaving it open is the point
            @SuppressWarnings("resource")
            @Override
            void use(KmsProvider shared, String key, int number) throws GeneralSecurityException, IOException {
                KmsProvider provider = new KmsProvider();
                sign(key(provider, DISCOVERY, key), provider);
            }
        },
        /** Uses a different grant token for each signature. */
        TOKENS {
            @Override
            void use(KmsProvider shared, String key, int number) throws GeneralSecurityException, IOException {
                sign(key(shared, DISCOVERY.with("grant-tokens", "token" + number), key), shared);
            }
        },
        /** Uses a different time limit for each signature. */
        LIMITS {
            @Override
            void use(KmsProvider shared, String key, int number) throws GeneralSecurityException, IOException {
                sign(key(shared, DISCOVERY.with("call-timeout", LIMIT_MILLIS + number + "ms"), key), shared);
            }
        };

        /**
         * Uses the provider once.
         *
         * @param shared the provider for modes that do not create a provider for each use
         * @param number the number of this use
         */
        abstract void use(KmsProvider shared, String key, int number) throws GeneralSecurityException, IOException;

        /** Returns the number of uses after which the program waits for idle threads to end. */
        int usesBetweenWaits() {
            return this == CLOSED ? 1 : 15;
        }

        /** Returns the number of clients that the uses add and the provider keeps, each with one connection. */
        int keptClients() {
            return this == LIMITS ? 100 : 0;
        }
    }

    private static final KmsLoadStoreParameter DISCOVERY = KmsLoadStoreParameter.ofDiscovery();

    /** The thread that all Apache clients of the AWS SDK share. It ends when the last of them is closed. */
    private static final String SHARED_THREAD = "idle-connection-reaper";

    private static final int MAX_COLLECTIONS = 100;
    private static final int LIMIT_MILLIS = 60_000;
    private static final long STEP_NANOS = 50_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final UnixOperatingSystemMXBean system =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ResourceProgram() {}

    /** Arguments: the mode, the number of uses, and the key. */
    public static void main(String[] arguments) throws Exception {
        new ResourceProgram().run(Mode.valueOf(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
    }

    private void run(Mode mode, int uses, String key) throws Exception {
        // warm up before counting; the first use of the mode is not enough, because RACED may close the provider before
        // it signs
        try (KmsProvider shared = new KmsProvider()) {
            mode.use(shared, key, 0);
            PrivateKey first = key(shared, DISCOVERY.with("grant-tokens", "first"), key);
            sign(first, shared);
            awaitIdleThreads();
            int threadsBefore = threads.getThreadCount();
            long filesBefore = system.getOpenFileDescriptorCount();
            int threadsPeak = 0;
            long filesPeak = 0;
            for (int number = 1; number <= uses; number++) {
                mode.use(shared, key, number);
                threadsPeak = Math.max(threadsPeak, threads.getThreadCount());
                filesPeak = Math.max(filesPeak, system.getOpenFileDescriptorCount());
                if (number % mode.usesBetweenWaits() == 0) {
                    awaitIdleThreads();
                }
            }
            sign(first, shared);
            awaitIdleThreads();
            System.out.println("threads peak: " + (threadsPeak - threadsBefore));
            System.out.println("threads left: " + (threads.getThreadCount() - threadsBefore));
            System.out.println("files peak: " + (filesPeak - filesBefore));
            System.out.println("files left: " + (filesAfterCollection(filesBefore + mode.keptClients()) - filesBefore));
        }
        if (mode != Mode.LEFT) {
            ownThreads().forEach(ResourceProgram::awaitEnd);
        }
        System.out.println("threads of providers after close: " + ownThreads().size());
    }

    private static void requireClosed(Exception failure) {
        Throwable cause = failure instanceof KmsException ? failure : failure.getCause();
        if (!(cause instanceof KmsException known && known.code().equals("CLOSED"))) {
            throw new AssertionError(failure);
        }
    }

    static PrivateKey key(KmsProvider provider, KmsLoadStoreParameter parameter, String key)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
        store.load(parameter);
        return (PrivateKey) store.getKey(key, null);
    }

    static void sign(PrivateKey key, KmsProvider provider) throws GeneralSecurityException {
        Signature engine = Signature.getInstance("SHA256withECDSA", provider);
        engine.initSign(key);
        engine.update(new byte[1]);
        engine.sign();
    }

    /** Waits until the idle threads of providers have ended. */
    private static void awaitIdleThreads() {
        ownThreads().stream()
                .filter(thread -> !thread.getName().equals(SHARED_THREAD))
                .forEach(ResourceProgram::awaitEnd);
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(TimeUnit.MINUTES.toMillis(1));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the threads that providers have made, directly or through the AWS SDK. */
    static List<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kms-jca-")
                        || thread.getName().equals(SHARED_THREAD))
                .toList();
    }

    /**
     * Returns the number of open files after garbage collection, which closes the sockets of providers that were not
     * closed. Stops early when at most {@code wanted} files are open.
     */
    private long filesAfterCollection(long wanted) throws InterruptedException {
        long files = system.getOpenFileDescriptorCount();
        for (int round = 0; round < MAX_COLLECTIONS && files > wanted; round++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
            files = system.getOpenFileDescriptorCount();
        }
        return files;
    }
}
