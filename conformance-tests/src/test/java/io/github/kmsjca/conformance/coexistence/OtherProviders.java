package io.github.kmsjca.conformance.coexistence;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.conformance.tool.Workplace;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.opentest4j.TestAbortedException;

/** The providers that a test adds to those of the JDK. */
enum OtherProviders {
    /**
     * At the top of this enum, because a usual run of {@link ForeignKeysTest} tests only the top one. Of all other
     * providers, users add this one most often. Many of its generators are subclasses of {@code KeyPairGenerator}, so
     * the JCA uses them without trying the next provider.
     */
    BOUNCY_CASTLE_FIRST {
        @Override
        void install() {
            Security.insertProviderAt(new BouncyCastleProvider(), 1);
        }
    },
    NONE {
        @Override
        void install() {}
    },
    BOUNCY_CASTLE_LAST {
        @Override
        void install() {
            Security.addProvider(new BouncyCastleProvider());
        }
    },
    BOUNCY_CASTLE_FIPS_FIRST {
        @Override
        void install() {
            Security.insertProviderAt(bouncyCastleFips(), 1);
        }
    },
    BOUNCY_CASTLE_FIPS_LAST {
        @Override
        void install() {
            Security.addProvider(bouncyCastleFips());
        }
    },
    CORRETTO_FIRST {
        @Override
        void install() {
            Security.insertProviderAt(corretto(), 1);
        }
    },
    CORRETTO_LAST {
        @Override
        void install() {
            Security.addProvider(corretto());
        }
    };

    private static final List<Provider> JDK_PROVIDERS = List.of(Security.getProviders());
    private static final String CORRETTO = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    /** Adds the providers of this constant to the list. Call {@link #restore} first. */
    abstract void install();

    /** Registers our provider, and lets {@link KmsProvider#install} move it to the right position. */
    static void installOurs(Provider ours) {
        Security.addProvider(ours);
        KmsProvider.install();
    }

    /**
     * Returns the positions in the list at which to test our provider: every position if the list has only the JDK's
     * providers, otherwise the first and the last.
     */
    int[] positions() {
        int last = Security.getProviders().length + 1;
        return this == NONE ? IntStream.rangeClosed(1, last).toArray() : new int[] {1, last};
    }

    /** Restores the list to the JDK's providers. */
    static void restore() {
        Arrays.stream(Security.getProviders()).map(Provider::getName).forEach(Security::removeProvider);
        JDK_PROVIDERS.forEach(Security::addProvider);
    }

    /** Returns Bouncy Castle FIPS, in a separate class loader: some classes are named as in Bouncy Castle. */
    private static Provider bouncyCastleFips() {
        try {
            URL jar = Workplace.required("kmsjca.bc-fips-jar").toUri().toURL();
            // stays open, because the provider loads classes as long as it exists
            ClassLoader isolated = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
            return Class.forName("org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider", true, isolated)
                    .asSubclass(Provider.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the Corretto provider. It has native code, and this build does not have its jars for every platform. */
    private static Provider corretto() {
        try {
            return Class.forName(CORRETTO)
                    .asSubclass(Provider.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException absent) {
            throw new TestAbortedException(
                    "NOT TESTED with the Amazon Corretto Crypto Provider: this build has its jars only for Linux on"
                            + " x86_64 and aarch64",
                    absent);
        }
    }
}
