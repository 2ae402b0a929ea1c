package io.github.kmsjca.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.kmsjca.emulator.KmsEmulator;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

/** Installs the one-file jar as a bundle in Apache Felix, an OSGi container. No other bundle is installed. */
class OsgiTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    private Path cache;

    private Framework container;
    private Bundle bundle;

    @BeforeEach
    void installBundle() throws Exception {
        container = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString()));
        container.start();
        bundle = container
                .getBundleContext()
                .installBundle(Workplace.allJar().toUri().toString());
        bundle.start();
    }

    @AfterEach
    void stopContainer() throws Exception {
        container.stop();
        container.waitForStop(0);
    }

    @Test
    void bundle_started_hasTheVersionOfTheJar() {
        assertEquals(Bundle.ACTIVE, bundle.getState());
        // OSGi separates the qualifier with a dot
        String version = bundle.getVersion().toString().replace(".SNAPSHOT", "-SNAPSHOT");
        assertEquals(
                "kms-jca-" + version + ".jar", Workplace.allJar().getFileName().toString());
    }

    @Test
    void bundle_started_exportsOnlyThePublicPackages() {
        Set<Object> exported = bundle.adapt(BundleWiring.class).getCapabilities("osgi.wiring.package").stream()
                .map(capability -> capability.getAttributes().get("osgi.wiring.package"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("io.github.kmsjca", "io.github.kmsjca.key"), exported);
    }

    @Test
    void sign_keyOfTheAccount_signatureVerifiesWithTheJdk() throws Exception {
        try (KmsEmulator emulator = KmsEmulator.start()) {
            emulator.createKey("ECC_NIST_P256", "SIGN_VERIFY", "alias/release");
            Provider provider = bundle.loadClass("io.github.kmsjca.KmsProvider")
                    .asSubclass(Provider.class)
                    .getConstructor()
                    .newInstance()
                    .configure("endpoint=" + emulator.endpoint() + ";region=" + emulator.region());
            KeyStore keys = KeyStore.getInstance("AWSKMS", provider);
            keys.load(null, null);
            PrivateKey key = (PrivateKey) keys.getKey("alias/release", null);
            Signature signer = Signature.getInstance("SHA256withECDSA", provider);
            signer.initSign(key);
            signer.update(MESSAGE);
            byte[] signature = signer.sign();

            Signature verifier = Signature.getInstance("SHA256withECDSA", "SunEC");
            verifier.initVerify((PublicKey) bundle.loadClass("io.github.kmsjca.key.KmsPrivateKey")
                    .getMethod("publicKey")
                    .invoke(key));
            verifier.update(MESSAGE);
            assertTrue(verifier.verify(signature));
            ((AutoCloseable) provider).close();
        }
    }
}
