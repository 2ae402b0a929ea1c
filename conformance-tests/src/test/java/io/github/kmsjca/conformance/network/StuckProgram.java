package io.github.kmsjca.conformance.network;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.key.KmsException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs at the same time with keys whose KMS calls get stuck in different ways, and prints how each call ended. The
 * test runs this program in a separate JVM, with the library or with the one-file jar.
 */
public final class StuckProgram {
    /** The logger of failed calls. It is off, because its warnings would mix with the output. */
    private static final Logger FAILED_CALLS = Logger.getLogger("io.github.kmsjca.calls");

    private StuckProgram() {}

    /**
     * Runs the calls.
     *
     * @param arguments what ends the calls: {@code limit}, {@code interrupt}, or {@code interrupt-virtual} for virtual
     *     threads; then the keystore file; then for each call its alias and its settings. The first call is over before
     *     the others begin, so that their time limits do not include the loading of classes.
     */
    public static void main(String[] arguments) throws Exception {
        FAILED_CALLS.setLevel(Level.OFF);
        boolean interrupts = arguments[0].startsWith("interrupt");
        boolean isVirtual = arguments[0].endsWith("-virtual");
        List<Call> calls = new ArrayList<>();
        for (int i = 2; i < arguments.length; i += 2) {
            calls.add(new Call(Path.of(arguments[1]), arguments[i], arguments[i + 1], isVirtual));
        }
        Call warmUp = calls.remove(0);
        warmUp.start();
        warmUp.join();
        calls.forEach(Call::start);
        for (Call call : calls) {
            if (interrupts) {
                call.interruptWhenStuck();
            }
            call.join();
            System.out.println(call);
        }
    }

    /** A thread that creates one signature. */
    private static final class Call implements Runnable {
        private final Thread thread;
        private final Path file;
        private final String alias;
        private final String settings;

        /** How the call ended: the error code, and "flag" if the interrupt flag of the thread is set. */
        private volatile String outcome = "still running";

        /** When the call began or was interrupted. Zero before the call begins. */
        private volatile long sinceNanos;

        private volatile long endNanos;

        Call(Path file, String alias, String settings, boolean isVirtual) {
            this.thread = isVirtual ? virtual(this) : new Thread(this);
            this.file = file;
            this.alias = alias;
            this.settings = settings;
        }

        /**
         * Returns a virtual thread. Uses reflection, because this code is compiled for Java 17, which has no virtual
         * threads.
         */
        private static Thread virtual(Runnable task) {
            try {
                Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
                return (Thread) Class.forName("java.lang.Thread$Builder")
                        .getMethod("unstarted", Runnable.class)
                        .invoke(builder, task);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        void start() {
            thread.start();
        }

        void join() throws InterruptedException {
            thread.join();
        }

        @Override
        public void run() {
            String result = sign();
            endNanos = System.nanoTime();
            outcome = Thread.currentThread().isInterrupted() ? result + " flag" : result;
        }

        private String sign() {
            try {
                KmsProvider provider = new KmsProvider();
                provider.configure(settings);
                KeyStore store = KeyStore.getInstance(KmsProvider.NAME, provider);
                try (InputStream content = Files.newInputStream(file)) {
                    store.load(content, null);
                }
                Signature engine = Signature.getInstance("SHA256withECDSA", provider);
                engine.initSign((PrivateKey) store.getKey(alias, null));
                engine.update(new byte[10]);
                if (alias.equals("pool")) {
                    useTheOnlyConnection(provider, store);
                }
                sinceNanos = System.nanoTime();
                engine.sign();
                return "signed";
            } catch (Exception e) {
                return code(e);
            }
        }

        /** Starts the call {@code holder} in another thread, and waits until it is stuck. */
        private static void useTheOnlyConnection(KmsProvider provider, KeyStore store) throws Exception {
            Signature engine = Signature.getInstance("SHA256withECDSA", provider);
            engine.initSign((PrivateKey) store.getKey("holder", null));
            Thread holder = new Thread(() -> {
                try {
                    engine.sign();
                } catch (GeneralSecurityException ended) {
                    // only the call that waits for the connection is tested
                }
            });
            holder.setDaemon(true);
            holder.start();
            while (!(isWaiting(holder) && isStillWaiting(holder))) {
                Thread.onSpinWait();
            }
        }

        /** Returns the code of the first {@link KmsException} in the chain of causes, or else the failure as text. */
        private static String code(@Nullable Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof KmsException known) {
                    return known.code();
                }
            }
            return String.valueOf(failure);
        }

        /** Interrupts the thread as soon as it waits inside the KMS call. */
        void interruptWhenStuck() throws InterruptedException {
            while (thread.isAlive() && !(sinceNanos != 0 && isWaiting(thread) && isStillWaiting(thread))) {
                Thread.onSpinWait();
            }
            sinceNanos = System.nanoTime();
            thread.interrupt();
        }

        /** Returns whether the thread is in a method that waits: for the network, for a lock or in a sleep. */
        private static boolean isWaiting(Thread thread) {
            StackTraceElement[] stack = thread.getStackTrace();
            String top = stack.length == 0 ? "" : stack[0].getClassName() + "." + stack[0].getMethodName();
            return top.matches("(sun\\.nio\\.ch\\.Net|sun\\.nio\\.ch\\.SocketDispatcher|java\\.net).*"
                    + "|jdk\\.internal\\.misc\\.Unsafe\\.park|java\\.lang\\.(Virtual)?Thread\\.(sleep|park).*");
        }

        /** Returns whether the thread is still in the same place after a while, so that it really waits there. */
        private static boolean isStillWaiting(Thread thread) throws InterruptedException {
            StackTraceElement[] before = thread.getStackTrace();
            thread.join(500);
            return Arrays.equals(before, thread.getStackTrace());
        }

        @Override
        public String toString() {
            return alias + " " + TimeUnit.NANOSECONDS.toMillis(endNanos - sinceNanos) + " ms: " + outcome;
        }
    }
}
