package io.github.kmsjca.internal.keystore;

import io.github.kmsjca.KmsProvider;
import io.github.kmsjca.emulator.KmsEmulator;
import io.github.kmsjca.emulator.control.LoggedRequest;
import io.github.kmsjca.testing.TestKms;
import java.security.KeyStore;
import java.security.Provider;
import java.util.List;

/** An emulated account that only one test class uses. Its KeyStores are loaded as by {@code -keystore NONE}. */
record Account(KmsEmulator emulator) implements AutoCloseable {
    static Account open() {
        return new Account(KmsEmulator.start());
    }

    /** Returns a provider for this account, with settings in the form {@code name=value}. */
    Provider provider(String... settings) {
        String more = settings.length == 0 ? "" : ";" + String.join(";", settings);
        return new KmsProvider().configure("endpoint=" + emulator.endpoint() + ";region=us-east-1" + more);
    }

    KeyStore discovery(String... settings) {
        return TestKms.discovery(provider(settings));
    }

    /** Clears the faults and requests of other tests. */
    void reset() {
        emulator.faults().clear();
        emulator.requests().clear();
    }

    /** Returns the operations since {@link #reset}, in order. */
    List<String> operations() {
        return emulator.requests().all().stream().map(LoggedRequest::operation).toList();
    }

    @Override
    public void close() {
        emulator.close();
    }
}
