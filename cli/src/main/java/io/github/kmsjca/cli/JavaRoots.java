package io.github.kmsjca.cli;

import io.github.kmsjca.internal.certificate.CertificatePool;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The root certificates that Java trusts: those in the file that {@code javax.net.ssl.trustStore} names, or else in the
 * JDK's file {@code jssecacerts} or {@code cacerts}.
 */
final class JavaRoots {
    private JavaRoots() {}

    /** Returns whether one of the roots has issued the certificate; false if the roots cannot be read. */
    static boolean haveIssued(X509Certificate certificate) {
        return all().stream().anyMatch(root -> CertificatePool.hasIssued(root, certificate));
    }

    private static List<X509Certificate> all() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException noTrustStore) {
            return List.of();
        }
    }
}
