package io.github.kmsjca.conformance.security;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts verifications of RSA signatures and reports every signature as invalid. It is the first provider in the list
 * until it is closed.
 */
final class CountingProvider extends Provider implements AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final transient AtomicInteger verified = new AtomicInteger();

    private CountingProvider() {
        super("Counting", "1", "counts signatures");
        putService(
                new Service(
                        this, "Signature", RsaAuthority.ALGORITHM, NoSignature.class.getName(), List.of(), Map.of()) {
                    @Override
                    public Object newInstance(Object parameter) {
                        return new NoSignature(verified);
                    }
                });
    }

    static CountingProvider install() {
        CountingProvider provider = new CountingProvider();
        Security.insertProviderAt(provider, 1);
        return provider;
    }

    int verified() {
        return verified.get();
    }

    @Override
    public void close() {
        Security.removeProvider(getName());
    }

    private static final class NoSignature extends SignatureSpi {
        private final AtomicInteger verified;

        NoSignature(AtomicInteger verified) {
            this.verified = verified;
        }

        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {
            throw new UnsupportedOperationException("verifies only");
        }

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            throw new UnsupportedOperationException("verifies only");
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            verified.incrementAndGet();
            return false;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException("has no parameters");
        }
    }
}
