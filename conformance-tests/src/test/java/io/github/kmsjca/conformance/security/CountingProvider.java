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
 * A provider that counts verifications of RSA signatures, and reports every signature as invalid. It is first in the
 * list until {@code close} removes it.
 */
final class CountingProvider extends Provider implements AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final transient AtomicInteger verifications = new AtomicInteger();

    private CountingProvider() {
        super("Counting", "1", "counts verifications");
        putService(
                new Service(
                        this,
                        "Signature",
                        RsaAuthority.ALGORITHM,
                        RejectingSignature.class.getName(),
                        List.of(),
                        Map.of()) {
                    @Override
                    public Object newInstance(Object parameter) {
                        return new RejectingSignature(verifications);
                    }
                });
    }

    /** Puts a new provider first in the list. */
    static CountingProvider install() {
        CountingProvider provider = new CountingProvider();
        Security.insertProviderAt(provider, 1);
        return provider;
    }

    int verifications() {
        return verifications.get();
    }

    @Override
    public void close() {
        Security.removeProvider(getName());
    }

    private static final class RejectingSignature extends SignatureSpi {
        private final AtomicInteger verifications;

        RejectingSignature(AtomicInteger verifications) {
            this.verifications = verifications;
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
            verifications.incrementAndGet();
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
