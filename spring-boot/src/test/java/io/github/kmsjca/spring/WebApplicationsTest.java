package io.github.kmsjca.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.testing.Waiting;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Web applications in one server. Each of them has the starter and the provider in a class loader of its own. */
class WebApplicationsTest {
    @Test
    void applicationThatIsDeployedAgain_getsItsOwnProvider() throws Exception {
        for (int deployment = 1; deployment <= 2; deployment++) {
            try (URLClassLoader loader = loader();
                    AutoCloseable application = deploy(loader)) {
                assertNotNull(application);
                assertEquals(
                        loader,
                        Security.getProvider(KmsProvider.NAME).getClass().getClassLoader());
            }
            assertNull(Security.getProvider(KmsProvider.NAME));
        }
    }

    @Test
    void applicationThatIsStopped_leavesNoClassesBehind() throws Exception {
        WeakReference<ClassLoader> stopped = deployAndStop();
        assertEquals(0, Waiting.leftAfterCollection(List.of(stopped), 0), "something still refers to the class loader");
    }

    private static WeakReference<ClassLoader> deployAndStop() throws Exception {
        try (URLClassLoader loader = loader()) {
            deploy(loader).close();
            return new WeakReference<>(loader);
        }
    }

    @Test
    void secondApplicationWithTheStarter_isRefused() throws Exception {
        try (URLClassLoader first = loader();
                URLClassLoader second = loader();
                AutoCloseable application = deploy(first)) {
            assertNotNull(application);
            IllegalStateException refused = assertThrows(IllegalStateException.class, () -> deploy(second));
            assertTrue(String.valueOf(refused.getMessage()).contains("keep the library in only one of the two places"));
            assertEquals(
                    first, Security.getProvider(KmsProvider.NAME).getClass().getClassLoader());
        }
    }

    private static URLClassLoader loader() throws MalformedURLException {
        String[] files = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        URL[] urls = new URL[files.length];
        for (int i = 0; i < files.length; i++) {
            urls[i] = Path.of(files[i]).toUri().toURL();
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    @SuppressWarnings("unchecked") // all class loaders share Callable, which the class implements
    private static AutoCloseable deploy(ClassLoader loader) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Object application = loader.loadClass(DeployedApplication.class.getName())
                    .getConstructor()
                    .newInstance();
            return ((Callable<AutoCloseable>) application).call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
